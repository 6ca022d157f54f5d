import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import { askableToConsent } from './approval-words.ts';
import { isBaking, regionWaitTold } from './promotion.ts';
import { escaped } from './text.ts';
import { calling, type People } from './thread-words.ts';
import { waitWords } from './waits.ts';

type TimesEvent = Extract<DeploymentEvent, { type: 'waiting' | 'region-waiting' | 'region-goes-on' }>;

/** That it waits for its time, before its start or in a region, or goes on there. Calls those whose consent it needs. */
export function timesLine(event: TimesEvent, deployment: Deployment, people: People): string | undefined {
  switch (event.type) {
    case 'waiting': {
      // Its owner was told in a line of their own.
      if (event.for === 'owner') return undefined;
      const told = waitWords(event, deployment, { most: 900 });
      return `:hourglass_flowing_sand: ${consenters(event, deployment, people)}${told}${toConsent(event)}`;
    }
    case 'region-waiting':
      return `:hourglass_flowing_sand: ${consenters(event, deployment, people)}${regionWaitTold(event, deployment, { most: 900 })}${toConsent(event)}`;
    case 'region-goes-on':
      return `It goes on in ${escaped(event.region)}${isBaking(deployment) ? '; the bake begins again' : ''}.`;
  }
}

type WaitEvent = Extract<TimesEvent, { type: 'waiting' | 'region-waiting' }>;

function consenters({ for: what }: WaitEvent, deployment: Deployment, { policy }: People): string {
  return what === 'consent' ? calling(askableToConsent(deployment, policy)) : '';
}

function toConsent({ for: what }: WaitEvent): string {
  return what === 'consent' ? ' To give it, press “Consent…” in the message above.' : '';
}
