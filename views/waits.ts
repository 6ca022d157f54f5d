import type { Deployment, Phase } from '../src/domain/deployment.ts';
import type { RegionWait } from '../src/domain/promotion-event.ts';
import { moment, oneLine, shortened, whyWords } from './text.ts';

/** What a deployment waits for, before its start or in one of its regions. */
type Wait = Pick<Extract<Phase, { kind: 'waiting' }> | RegionWait, 'for' | 'why'> & {
  /** Milliseconds since the epoch; absent: nobody knows. */
  until?: number | undefined;
};

/** Names of regions are shown this long. */
const LONGEST_REGION = 40;

/** Why it waits, what comes of it and until when, in sentences; `most` characters of the reason. In markup. */
export function waitWords(wait: Wait, deployment: Deployment, { most }: { most: number }): string {
  return `${whyWords(wait.why, most)} ${outcome(wait, deployment)}`;
}

function outcome({ for: what, until }: Wait, { startedAt, startAt }: Deployment): string {
  const goes = startedAt === undefined ? 'starts' : 'goes on';
  const earliest = until === undefined ? '' : `, ${moment(until)} at the earliest`;
  switch (what) {
    case 'consent':
      // Whoever is to consent to a scheduled one has time until it is to start.
      if (startedAt === undefined && startAt !== undefined && startAt === until) {
        return `With it, it starts ${moment(until)}.`;
      }
      return `With it, it ${goes} at once${until === undefined ? '' : `; without it, by itself${earliest}`}.`;
    case 'owner':
      return until === undefined ? '' : `Without an answer by ${moment(until)} it does not start.`;
    case 'window':
    case 'freeze':
    case 'lock':
    case 'schedule':
    case 'deployment':
      return `It ${goes} by itself${until === undefined ? ' as soon as it may' : earliest}.`;
  }
}

/** The same in a few words, for a line that tells more: `waits before eu-west-1 for consent`. In markup. */
export function waitsShortly(wait: Wait, where = ''): string {
  const { for: what, until } = wait;
  const waits = where === '' ? 'waits' : `waits ${where}`;
  const at = until === undefined ? '' : ` until ${moment(until)}`;
  switch (what) {
    case 'consent':
      return `${waits} for consent`;
    case 'owner':
      return `waiting for its owner${at}`;
    case 'window':
    case 'freeze':
    case 'lock':
    case 'schedule':
    case 'deployment':
      return at === '' ? waits : `${waits}${at} at the earliest`;
  }
}

/** `before eu-west-1`, or `in eu-west-1` where it has begun; in plain text. */
export function waitsWhere({ region }: RegionWait, deployment: Deployment): string {
  return `${hasBegunIn(region, deployment) ? 'in' : 'before'} ${shortened(oneLine(region), LONGEST_REGION)}`;
}

export function hasBegunIn(region: string, { plan, steps }: Deployment): boolean {
  return plan.steps.some((step) => step.region === region && steps[step.id] !== undefined);
}
