import type { Button } from '@slack/types';
import { consentWanted } from '../src/domain/consent.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import { button } from './blocks.ts';
import { whyWords } from './text.ts';
import { waitWords } from './waits.ts';

/** Why its time needs consent, and what comes of it; in markup. */
export function consentAsked(deployment: Deployment): string {
  const { phase } = deployment;
  const wait = phase.kind === 'waiting' ? phase : waitsInRegion(deployment);
  const waits = wait === undefined ? undefined : waitWords(wait, deployment, { most: 500 });
  return waits ?? whyWords(consentWanted(deployment) ?? '', 500);
}

/** Opens the form that shows what would start. */
export function consentButton({ number }: Deployment, style?: 'primary'): Button {
  const value = { deployment: number };
  return button({
    ...{ command: 'consent', text: 'Consent…', value },
    ...(style === undefined ? {} : { style }),
  });
}
