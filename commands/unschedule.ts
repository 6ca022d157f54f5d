import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import type { ActPlace } from '../src/domain/people-policy.ts';
import type { Forge } from '../src/forge.ts';
import { plainMessage } from '../views/blocks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { given } from './given.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { Time } from './restriction-input.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({
  deployment: z.int().optional(),
  /** Instead of a deployment: what recurs, as `R3`. */
  recurring: z.string().optional(),
  /** As the person saw it. Absent: whatever its time is. */
  startAt: Time.optional(),
  why: Reason,
});
type Input = z.infer<typeof Input>;

export const unschedule = defineCommand<Input>({
  name: 'unschedule',
  usage: 'unschedule <#number or R-number> [because …]',
  summary: 'cancels a scheduled deployment, or what recurs',
  act: 'schedule',
  place: ({ deployment, recurring }, forge) =>
    deployment === undefined ? placeOfRecurring(recurring, forge) : placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'unschedule', ['strategies', 'regions']);
    const recurring = words.rest.find((word) => /^R\d{1,9}$/iu.test(word))?.toUpperCase();
    if (recurring !== undefined && words.rest.length === 1 && words.numbers.length === 0) {
      return { kind: 'input', value: { recurring, ...given({ why: words.why }) } };
    }
    const deployment = await numbered(words, 'unschedule', asking);
    return { kind: 'input', value: { deployment, ...given({ why: words.why }) } };
  },
  run,
});

async function placeOfRecurring(id: string | undefined, forge: Forge): Promise<ActPlace> {
  const recurring = id === undefined ? undefined : await forge.recurring(id);
  return recurring === undefined ? {} : { service: recurring.service, environment: recurring.environment };
}

async function run({ deployment, recurring, startAt, why }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  if (recurring !== undefined) {
    const { id } = await forge.cancelRecurring({ id: recurring, ...given({ why }) }, caller);
    return {
      kind: 'private',
      message: plainMessage(`${id} is cancelled. What it has asked for already goes on.`),
    };
  }
  if (deployment === undefined) throw new UserError('Nothing was done: name what is to be cancelled.');
  const found = await forge.deployment(deployment);
  if (found.startAt === undefined) {
    throw new UserError(
      `Nothing was done: #${deployment} is not scheduled. To stop it, type \`/forge abort #${deployment}\`.`,
    );
  }
  if (found.startedAt !== undefined) {
    throw new UserError(
      `Nothing was done: #${deployment} has started already. To stop it, type \`/forge abort #${deployment}\`.`,
    );
  }
  if (startAt !== undefined && startAt !== found.startAt) {
    throw new UserError(
      `Nothing was done: #${deployment} has another time now than when you looked. \`/forge schedules\` shows it.`,
    );
  }
  const { number } = await forge.abort({ deployment, ...given({ why }) }, caller);
  return { kind: 'private', message: plainMessage(`#${number} is cancelled. Nothing was changed.`) };
}
