import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import { newVersion, placeOf, who } from './deployment-words.ts';
import { escaped, moment, refusal, shortened } from './text.ts';
import type { People } from './thread-words.ts';

type ScheduleEvent = Extract<
  DeploymentEvent,
  { type: 'rescheduled' | 'owner-asked' | 'owner-reminded' | 'owner-not-needed' | 'owner-confirmed' }
>;

/** Of the owner of a scheduled deployment that cannot start as it is. */
export const LOOK_AGAIN_BUTTON = 'Look again and start';

/** What the thread says of a scheduled deployment whose time or content is another one than was planned. */
export function scheduleLine(
  event: ScheduleEvent,
  { by }: RecordedEvent,
  deployment: Deployment,
  { title }: People,
): string {
  const what = `${escaped(newVersion(deployment))} for ${escaped(placeOf(deployment, title))}`;
  switch (event.type) {
    case 'rescheduled':
      return `:calendar: ${who(by)} set another time: ${what} starts ${moment(event.startAt)}.`;
    case 'owner-asked':
      return `:calendar: ${owner(deployment)} ${what} is not as it was scheduled:${differences(event.changes)}\n${answerWanted(event)} Without an answer it does not start.`;
    case 'owner-reminded': {
      const { ownerAsked } = deployment;
      const until = ownerAsked === undefined ? '' : ` by ${moment(ownerAsked.deadline)}`;
      return `:calendar: ${owner(deployment)} Still waiting for your answer. Without it${until} ${what} does not start.`;
    }
    case 'owner-not-needed':
      return `:calendar: What was in the way of ${what} is gone: nobody has to answer any more.`;
    case 'owner-confirmed':
      return `:calendar: ${who(by)} lets it start as it is now.`;
  }
}

function answerWanted({
  startsAt,
  deadline,
  problem,
}: Extract<ScheduleEvent, { type: 'owner-asked' }>): string {
  return problem === undefined
    ? `To have it start all the same, ${moment(startsAt)} at the earliest, press “Start as it is now” above by ${moment(deadline)}.`
    : `Once that is mended, press “${LOOK_AGAIN_BUTTON}” above by ${moment(deadline)}; or set another time, or abort it.`;
}

/** Whoever scheduled it, and whoever set its time last. */
export function owner({ requestedBy, lastEditor }: Deployment): string {
  const asked = who(requestedBy);
  const editor = lastEditor === undefined ? asked : `<@${lastEditor}>`;
  return editor === asked ? asked : `${asked} ${editor}`;
}

export function differences(changes: readonly string[]): string {
  return changes.map((one) => `\n• ${refusal(shortened(one, 500))}`).join('');
}
