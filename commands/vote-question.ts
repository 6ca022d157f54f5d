import type { ApprovalState, Verdict } from '../src/domain/approval.ts';
import { ending } from '../src/domain/decisions.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { isFinished } from '../src/domain/deployment.ts';
import { UserError } from '../src/domain/errors.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import { approvalLines, goesOut, votedOn } from '../views/approval.ts';
import { actions, button, section } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { LIMITS } from '../views/limits.ts';
import { code, shortenedMarkup } from '../views/text.ts';
import type { Asking, Reply } from './command.ts';
import { asVoter } from './vote.ts';

const TITLES: Record<Verdict, string> = { approve: 'Approve', reject: 'Reject' };

/** Shows what would go out now, to approve or reject exactly that. Throws a `UserError` when nothing is to be decided, or not by who asks. */
export async function voteQuestion(
  deployment: Deployment,
  { verdict, why }: { verdict: Verdict; why?: string | undefined },
  asking: Asking,
): Promise<Reply> {
  const { forge } = asking;
  const approval = requireAsked(deployment, verdict);
  await asVoter(asking, (member) => forge.requireVoter(deployment, member));
  const { number, service } = deployment;
  const title = serviceNamed(forge.policy, service)?.title ?? service;
  const paragraphs = [...goesOut(deployment, title), ...approvalLines(deployment, forge.policy.people)];
  const yes = TITLES[verdict];
  const hidden = votedOn(number, approval);
  const late = `Slack did not let Forge ask you in time, so nothing was done yet: press ${yes}, or type ${code(`/forge ${verdict} #${number}`)} again.`;
  return {
    kind: 'form',
    form: confirmForm({
      ...{ command: verdict, title: `${yes} #${number}`, paragraphs, yes, hidden },
      ...(why === undefined ? {} : { why }),
      isReasonNeeded: verdict === 'reject',
    }),
    otherwise: {
      text: shortenedMarkup([...paragraphs, late].join(' '), LIMITS.messageText),
      blocks: [
        ...paragraphs.map((one) => section(one)),
        section(late),
        actions([button({ command: verdict, text: yes, value: hidden })]),
      ],
    },
  };
}

/** What is to be decided about now. */
export function requireAsked(deployment: Deployment, verdict: Verdict): ApprovalState {
  const { number, phase, approval } = deployment;
  if (phase.kind === 'awaiting-approval' && approval !== undefined) return approval;
  const name = `#${number}`;
  if (isFinished(deployment))
    throw new UserError(`There is nothing to ${verdict}: ${name} is over, ${ending(deployment)}`);
  if (phase.kind === 'requested' || phase.kind === 'checking') {
    throw new UserError(`${name} is still being checked. Its message shows when it can be approved.`);
  }
  const stop = verdict === 'reject' ? ` To stop it, type \`/forge abort ${name}\`.` : '';
  throw new UserError(`There is nothing to ${verdict}: ${name} waits for nobody’s approval.${stop}`);
}
