import { z } from 'zod';
import { askedAbout } from '../src/domain/approval-standing.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import type { Forge } from '../src/forge.ts';
import { approvalLines, goesOut } from '../views/approval.ts';
import { actions, button, section } from '../views/blocks.ts';
import { confirmForm } from '../views/confirm-form.ts';
import { LIMITS } from '../views/limits.ts';
import { code, shortenedMarkup, whyWords } from '../views/text.ts';
import type { Reply } from './command.ts';
import { otherVersion } from './other-version.ts';

/** Which deployment, and the digest of what was shown of it. Without one it is asked what to do. */
export const Shown = { deployment: z.int(), digest: z.string().optional() };
const Hidden = z.strictObject({ deployment: z.int(), digest: z.string() });

/** What the form was shown for, from its hidden part. Throws a `UserError` for the form of another version. */
export function shownOf(hidden: unknown): z.infer<typeof Hidden> {
  const parsed = Hidden.safeParse(hidden);
  if (parsed.success) return parsed.data;
  throw otherVersion('form', parsed.error);
}

export type LetStartQuestion = {
  command: 'consent' | 'emergency';
  title: string;
  yes: string;
  /** What it means, in markup. */
  means: string;
  why?: string | undefined;
  isReasonNeeded: boolean;
};

/** Shows what would start, and asks whether it may. */
export function letStartQuestion(deployment: Deployment, question: LetStartQuestion, forge: Forge): Reply {
  const { command, yes, means, why, isReasonNeeded } = question;
  const { number, service, phase, plan, startAt } = deployment;
  const title = serviceNamed(forge.policy, service)?.title ?? service;
  const waitsFor = phase.kind === 'waiting' ? phase : waitsInRegion(deployment);
  const waits = waitsFor === undefined ? [] : [whyWords(waitsFor.why, 900)];
  const asked = phase.kind === 'awaiting-approval' ? approvalLines(deployment, forge.policy.people) : [];
  const paragraphs = [...goesOut(deployment, title), ...waits, ...asked, means];
  const late = `Slack did not let Forge ask you in time, so nothing was done yet: type ${code(`/forge ${command} #${number}`)} again.`;
  const hidden = { deployment: number, digest: askedAbout(plan, forge.policy.version, startAt) };
  return {
    kind: 'form',
    form: confirmForm({
      ...{ command, title: `${question.title} #${number}`, paragraphs, yes, hidden, isReasonNeeded },
      ...(why === undefined ? {} : { why }),
    }),
    otherwise: {
      text: shortenedMarkup([...paragraphs, late].join(' '), LIMITS.messageText),
      blocks: [
        ...paragraphs.map((one) => section(one)),
        section(late),
        actions([button({ command, text: yes, value: { deployment: number } })]),
      ],
    },
  };
}
