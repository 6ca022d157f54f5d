import { z } from 'zod';
import { requireConsentWanted } from '../src/domain/consent.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { plainMessage } from '../views/blocks.ts';
import { moment } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { letStartQuestion, Shown, shownOf } from './let-start.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ ...Shown, why: Reason });
type Input = z.infer<typeof Input>;

export const consent = defineCommand<Input>({
  name: 'consent',
  usage: 'consent <#number> [because …]',
  summary: 'lets a deployment start at a time that is not preferred; for release managers',
  act: 'consent',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'consent', ['strategies', 'regions']);
    const deployment = await numbered(words, 'consent', asking);
    return { kind: 'input', value: { deployment, ...given({ why: words.why }) } };
  },
  fromForm: (values, hidden) => ({ ...shownOf(hidden), ...given({ why: fieldText(values, 'why') }) }),
  run,
});

async function run({ deployment, digest, why }: Input, { forge, caller }: Asking): Promise<Reply> {
  if (digest === undefined) {
    const state = await forge.deployment(deployment);
    requireConsentWanted(state);
    const hasReason = state.why !== undefined && state.why.trim() !== '';
    const question = {
      ...({
        command: 'consent',
        title: 'Consent to',
        yes: state.startedAt === undefined ? 'Let it start' : 'Let it go on',
      } as const),
      ...{ why, isReasonNeeded: !hasReason },
      means: `With your consent it may ${then(state, forge.now())}. Approvals, checks, freezes and locks count as before.`,
    };
    return letStartQuestion(state, question, forge);
  }
  const state = await forge.consent({ deployment, digest, ...given({ why }) }, caller);
  const text = `You let #${state.number} ${then(state, forge.now())}. Its message shows how it goes on.`;
  return { kind: 'private', message: plainMessage(text) };
}

/** What it does with consent, after “may”; in markup. */
function then({ startedAt, startAt }: Deployment, now: number): string {
  if (startedAt !== undefined) return 'go on now';
  return startAt !== undefined && startAt > now ? `start ${moment(startAt)}` : 'start now';
}
