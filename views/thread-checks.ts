import type { CheckEvent } from '../src/domain/check-event.ts';
import type { CheckState, Deployment } from '../src/domain/deployment.ts';
import type { RecordedEvent } from '../src/domain/events.ts';
import { askedFor } from '../src/domain/people-policy.ts';
import { newVersion, who } from './deployment-words.ts';
import { mentionOf } from './mentions.ts';
import { moreTold } from './more-told.ts';
import { outputBlock } from './output-block.ts';
import { escaped, moment, quotation, quoted } from './text.ts';
import { calling, mentioned, mentionsOf, type People, told } from './thread-words.ts';

/** What the thread says about the checks of the policy: what passes is in the message, what does not is told to people. */
export function checkLine(
  event: CheckEvent,
  { by, why }: RecordedEvent,
  deployment: Deployment,
  people: People,
): string | undefined {
  switch (event.type) {
    case 'check-failed':
      return failedLine(event, deployment, people);
    case 'check-reminded':
      return `:x: ${mentioned(deployment, people)} ${escaped(newVersion(deployment))} still waits for somebody to do something about what failed.`;
    case 'check-retried':
      return `${who(by)} has ${quoted(event.name, 200)} looked at again.`;
    case 'check-overridden':
      return `:warning: ${who(by)} lets ${quoted(event.name, 200)} pass:\n${quotation(why ?? '', 900)}`;
    case 'box-ticked':
      return `:ballot_box_with_check: ${who(by)} confirms: ${told(boxOf(event.name, deployment), 300)}`;
    case 'check-started':
      return boxLine(event.name, deployment, people);
    case 'checks-planned':
    case 'check-waiting':
    case 'check-passed':
      return undefined;
  }
}

/** Nothing goes on before somebody has ticked it, and edits of the message notify nobody. */
function boxLine(name: string, deployment: Deployment, people: People): string | undefined {
  const box = deployment.checkStates.find((check) => check.name === name)?.box;
  if (box === undefined) return undefined;
  const asked = box.by === undefined ? [] : askedFor(box.by, deployment, people.policy, []).map(mentionOf);
  const whom = asked.length === 0 ? mentionsOf(deployment.requestedBy) : asked;
  return `:white_medium_square: ${calling(whom)}It waits for somebody to confirm this in the message above: ${told(box.says, 600)}`;
}

function failedLine(
  event: Extract<CheckEvent, { type: 'check-failed' }>,
  deployment: Deployment,
  people: People,
): string {
  const { name, verdict, says, more, tail, deadline } = event;
  const what = verdict === 'failed' ? 'failed' : 'could not be told';
  const until = `Nothing is changed, and without an answer by ${moment(deadline)} it is not started.`;
  return `:x: ${mentioned(deployment, people)} ${quoted(name, 200)} ${what}: ${told(says, 600)} ${until}${moreTold(more)}${outputBlock(tail)}`;
}

function boxOf(name: string, { checkStates }: Deployment): string {
  return checkStates.find((check: CheckState) => check.name === name)?.box?.says ?? name;
}
