import { z } from 'zod';
import type { Deployment } from '../src/domain/deployment.ts';
import type { FieldValues } from '../src/ports/incoming.ts';
import type { RollbackPreview } from '../src/use-cases/preview-rollback.ts';
import { plainMessage } from '../views/blocks.ts';
import { who } from '../views/deployment-words.ts';
import { escaped, moment } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText, isTicked } from './form-fields.ts';
import { given } from './given.ts';
import { placeMisfit, placeNamed } from './place.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { Ref } from './ref.ts';
import { abortQuestion, rollbackQuestion } from './rollback-question.ts';
import { rollbackFromWords } from './rollback-words.ts';
import { rollbackShownFor, Seen, seenOf } from './seen.ts';

/** A deployment, or the place whose live release is meant. */
const Input = z
  .strictObject({
    deployment: z.int().optional(),
    service: z.string().optional(),
    environment: z.string().optional(),
    /** The release it goes to. Absent: the one before. */
    version: Ref.optional(),
    /** Traffic moves at once, to however few tasks there are. */
    emergency: z.literal(true).optional(),
    ...Seen,
    /** Digest of the plan that was shown. */
    plan: z.string().optional(),
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
  usage: 'rollback [service] [environment] [#number] [version] [emergency] [because …]',
  summary: 'puts the previous release back, or the one you name, after you have confirmed from what to what',
  act: 'rollback',
  place: ({ deployment, service, environment }, forge) =>
    deployment === undefined ? given({ service, environment }) : placeOf(deployment, forge),
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
  if (hidden !== undefined) {
    const emergency = isTicked(values, 'emergency') ? { emergency: true } : {};
    return { ...rollbackShownFor(hidden), ...emergency, why };
  }
  return { service: fieldText(values, 'service'), environment: fieldText(values, 'environment'), why };
}

async function run(input: Input, asking: Asking): Promise<Reply> {
  const seen = seenOf(input);
  if (input.deployment !== undefined && seen !== undefined) {
    return confirmed({ ...input, deployment: input.deployment, seen }, asking);
  }
  return asConfirmation(await preview(input, asking), input, asking);
}

async function preview(input: Input, { forge }: Asking): Promise<RollbackPreview> {
  const destination = input.version === undefined ? {} : { version: input.version };
  if (input.deployment !== undefined) return forge.previewRollbackOf(input.deployment, destination);
  const { service = '', environment = '' } = input;
  return forge.previewRollback(placeNamed(forge.policy, { service, environment }), destination);
}

/** Nothing is rolled back before a person saw from what to what. */
function asConfirmation(found: RollbackPreview, input: Input, { forge }: Asking): Reply {
  switch (found.kind) {
    case 'under-way':
      return underWay(found.undoes, found.by);
    case 'abort':
      return abortQuestion(found.deployment, input.why, forge.policy);
    case 'undo':
      return rollbackQuestion(found, input);
  }
}

async function confirmed(
  input: Input & { deployment: number; seen: { generation: number; digest: string } },
  { forge, caller }: Asking,
): Promise<Reply> {
  const { deployment: undoes, seen, plan, why, version, emergency } = input;
  const outcome = await forge.rollBack(
    {
      undoes,
      seen: { ...seen, ...(plan === undefined ? {} : { plan }) },
      ...(why === undefined ? {} : { why }),
      ...(version === undefined ? {} : { version }),
      ...(emergency === undefined ? {} : { emergency }),
    },
    caller,
  );
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
