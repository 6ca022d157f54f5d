import type { ApprovalState } from '../src/domain/approval.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import type { PeoplePolicy } from '../src/domain/people-policy.ts';
import type { Message } from '../src/ports/chat.ts';
import { approvalLines, goesOut, voteButtons } from './approval.ts';
import { actions, context, plainMessage, section } from './blocks.ts';
import { headline } from './deployment-headline.ts';
import { isAborting, newVersion, placeOf, who } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { escaped, moment, quotation, sentence, shortenedMarkup } from './text.ts';

type ApproverView = {
  deployment: Deployment;
  /** What people call the service. */
  title: string;
  people: PeoplePolicy;
};

/** The round a person was asked in. */
type Asked = { round: number; person: string };

/** Whether the answer of somebody who was asked in that round is still wanted. */
export function isAskedStill(deployment: Deployment, { round, person }: Asked): boolean {
  const { approval, phase } = deployment;
  if (approval?.round !== round || phase.kind !== 'awaiting-approval') return false;
  if (isAborting(deployment) || deployment.emergency !== undefined) return false;
  return !approval.votes.some(({ voter }) => voter === person);
}

/** Asks somebody who does not read the deployment's channel, with the buttons to answer. */
export function askingMessage({ deployment, title, people }: ApproverView): Message {
  const { number, channel, why } = deployment;
  const asks = `:ballot_box_with_ballot: *Your approval is asked for* (#${number})`;
  const paragraphs = [...goesOut(deployment, title), ...approvalLines(deployment, people)];
  const reason = why === undefined ? [] : [quotation(why, 600)];
  return {
    text: shortenedMarkup(
      `Your approval is asked for: ${escaped(newVersion(deployment))} for ${escaped(placeOf(deployment, title))} (#${number}).`,
      LIMITS.messageText,
    ),
    blocks: [
      section(asks),
      ...[...paragraphs, ...reason].map((one) => section(one)),
      actions(voteButtons(deployment, title)),
      context(`You get this because you may approve it and are not in <#${channel}>, where its message is.`),
    ],
  };
}

/** What becomes of that message when the answer is not wanted any more: it has no buttons. */
export function answeredMessage(view: ApproverView & Asked): Message {
  const { deployment, title } = view;
  const what = `${escaped(newVersion(deployment))} for ${escaped(placeOf(deployment, title))} (#${deployment.number})`;
  return plainMessage(`Your approval was asked for: ${what}. ${becameOf(view)}`);
}

function becameOf({ deployment, title, round, person }: ApproverView & Asked): string {
  const { approval, phase, channel } = deployment;
  if (approval !== undefined && approval.round !== round) {
    return 'Something has changed since, so this does not count any more and people are asked anew.';
  }
  if (deployment.emergency !== undefined) {
    return `${who(deployment.emergency.by)} called it an emergency, so it starts without the votes that were missing.`;
  }
  const own = approval?.votes.find(({ voter }) => voter === person);
  if (own !== undefined) return `${voteTold(own)} Its message in <#${channel}> shows how it goes on.`;
  if (isAborting(deployment)) return 'It is being aborted, so your vote is not needed any more.';
  if (phase.kind === 'rejected') return `It was rejected by ${who(phase.by)}.`;
  if (phase.kind === 'expired') return 'The time for it is over: it did not start.';
  if (phase.kind === 'aborted' || phase.kind === 'refused' || phase.kind === 'superseded') {
    return sentence(escaped(headline(deployment, { service: title })));
  }
  return `${approvedBy(approval)}Your vote is not needed any more; its message in <#${channel}> shows how it goes on.`;
}

function voteTold({ verdict, at }: ApprovalState['votes'][number]): string {
  return `You ${verdict === 'approve' ? 'approved' : 'rejected'} it, ${moment(at)}.`;
}

function approvedBy(approval: ApprovalState | undefined): string {
  const voters = (approval?.votes ?? []).map(({ voter }) => `<@${voter}>`);
  return voters.length === 0 ? '' : `Approved by ${voters.join(' and ')}. `;
}
