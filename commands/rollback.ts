import { z } from 'zod';
import type { Deployment } from '../src/domain/deployment.ts';
import type { FieldValues } from '../src/ports/incoming.ts';
import type { RollbackPreview } from '../src/use-cases/preview-rollback.ts';
import { plainMessage } from '../views/blocks.ts';
import { who } from '../views/deployment-words.ts';
import { escaped, moment } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { placeMisfit, placeNamed } from './place.ts';
import { Reason } from './reason.ts';
import { abortQuestion, rollbackQuestion } from './rollback-question.ts';
import { rollbackFromWords } from './rollback-words.ts';
import { Seen, seenOf, shownFor } from './seen.ts';

/** A deployment, or the place whose live release is meant. */
const Input = z
  .strictObject({
    deployment: z.int().optional(),
    service: z.string().optional(),
    environment: z.string().optional(),
    ...Seen,
    why: Reason,
  })
  .superRefine(({ deployment, service, environment }, context) => {
    if (deployment !== undefined) return;
    const missing = { service: service === undefined, environment: environment === undefined };
    if (missing.service)
      context.addIssue({ code: 'custom', path: ['service'], message: 'Choose a service.' });
    if (missing.environment) {
      context.addIssue({ code: 'custom', path: ['environment'], message: 'Choose an environment.' });
    }
  });
type Input = z.infer<typeof Input>;

export const rollback = defineCommand<Input>({
  name: 'rollback',
  usage: 'rollback [service] [environment] [#number] [because …]',
  summary: 'puts the previous release back, after you have confirmed from what to what',
  input: Input,
  fromWords: rollbackFromWords,
  fromForm,
  misfit: ({ service, environment }, policy) =>
    service === undefined || environment === undefined
      ? undefined
      : placeMisfit(policy, { service, environment }),
  run,
});

/** Two forms answer to this name: the one that asks what to roll back hides nothing, the one that asks for confirmation does. */
function fromForm(values: FieldValues, hidden: unknown): unknown {
  const why = fieldText(values, 'why');
  if (hidden !== undefined) return { ...shownFor(hidden), why };
  return { service: fieldText(values, 'service'), environment: fieldText(values, 'environment'), why };
}

async function run(input: Input, asking: Asking): Promise<Reply> {
  const seen = seenOf(input);
  if (input.deployment !== undefined && seen !== undefined) {
    return confirmed({ ...input, deployment: input.deployment, seen }, asking);
  }
  return asConfirmation(await preview(input, asking), input.why, asking);
}

async function preview(input: Input, { forge }: Asking): Promise<RollbackPreview> {
  if (input.deployment !== undefined) return forge.previewRollbackOf(input.deployment);
  const { service = '', environment = '' } = input;
  return forge.previewRollback(placeNamed(forge.policy, { service, environment }));
}

/** Nothing is rolled back before a person saw from what to what. */
function asConfirmation(found: RollbackPreview, why: string | undefined, { forge }: Asking): Reply {
  switch (found.kind) {
    case 'under-way':
      return underWay(found.undoes, found.by);
    case 'abort':
      return abortQuestion(found.deployment, why, forge.policy);
    case 'undo':
      return rollbackQuestion(found, why);
  }
}

async function confirmed(
  input: { deployment: number; seen: { generation: number; digest: string }; why?: string | undefined },
  { forge, caller }: Asking,
): Promise<Reply> {
  const { deployment: undoes, seen, why } = input;
  const outcome = await forge.rollBack({ undoes, seen, ...(why === undefined ? {} : { why }) }, caller);
  switch (outcome.kind) {
    case 'repeated':
      return { kind: 'silent' };
    case 'under-way':
      return underWay(outcome.undoes, outcome.by);
    case 'requested':
      return {
        kind: 'private',
        message: plainMessage(
          `#${outcome.deployment} takes #${undoes} back. Its message shows when the previous release is confirmed.`,
        ),
      };
  }
}

function underWay(undoes: number, by: Deployment): Reply {
  const state = by.phase.kind === 'succeeded' ? 'has taken' : 'is taking';
  const text = `#${by.number} ${state} #${undoes} back already: ${escaped(by.plan.to.version)}, asked by ${who(by.requestedBy)}, ${moment(by.requestedAt)}. Nothing more was done.`;
  return { kind: 'private', message: plainMessage(text) };
}
