import type { Button, KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { button, section } from './blocks.ts';
import { moment } from './text.ts';
import { differences, LOOK_AGAIN_BUTTON, owner } from './thread-schedule.ts';

/** What the owner of a scheduled deployment is asked; nothing where nobody asks. */
export function ownerBlocks(deployment: Deployment): KnownBlock[] {
  const { ownerAsked } = deployment;
  if (ownerAsked === undefined) return [];
  const { changes, deadline, problem } = ownerAsked;
  const wanted =
    problem === undefined
      ? 'that it may start all the same'
      : 'what is to become of it (look again once that is mended, another time, or none)';
  return [
    section(
      `:calendar: *It is not as it was scheduled.* ${owner(deployment)} must say by ${moment(deadline)} ${wanted}, or it does not start:${differences(changes)}`,
    ),
  ];
}

/** Of a scheduled deployment that has not begun. Both open a form that shows what would start. */
export function scheduleButtons({ number: deployment, startAt, ownerAsked }: Deployment): Button[] {
  if (startAt === undefined) return [];
  const text = ownerAsked?.problem === undefined ? 'Start as it is now' : LOOK_AGAIN_BUTTON;
  return [
    ...(ownerAsked === undefined
      ? []
      : [button({ command: 'confirm', text, value: { deployment }, style: 'primary' })]),
    button({ command: 'reschedule', text: 'Change time…', value: { deployment } }),
  ];
}

/** Slack ids of who may say that it starts as it is. */
export function ownersOf({ requestedBy, lastEditor }: Deployment): string[] {
  const asked = requestedBy.kind === 'person' ? [requestedBy.userId] : [];
  return [...new Set([...asked, ...(lastEditor === undefined ? [] : [lastEditor])])];
}
