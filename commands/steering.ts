import { z } from 'zod';
import { staleness } from '../src/domain/decisions.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { UserError } from '../src/domain/errors.ts';
import type { Forge } from '../src/forge.ts';
import type { Asking, Reading } from './command.ts';
import { numbered } from './numbered.ts';
import { Reason } from './reason.ts';
import { Seen, seenOf } from './seen.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

/** What steering one deployment that is under way takes. */
export const Steered = z.strictObject({ deployment: z.int(), ...Seen, why: Reason });
export type Steered = z.infer<typeof Steered>;

/** The deployment and the reason that were typed after `command`. Throws a `UserError` where none, or more, is named. */
export async function steeredFromWords(words: Words, command: string, asking: Asking): Promise<Reading> {
  refuseUnusable(words, command, ['strategies', 'regions']);
  const deployment = await numbered(words, command, asking);
  return { kind: 'input', value: { deployment, ...(words.why === undefined ? {} : { why: words.why }) } };
}

/** What a use case takes; throws a `UserError` where the deployment is not what the person saw when they pressed. */
export async function asSeen(input: Steered, forge: Forge): Promise<{ deployment: number; why?: string }> {
  const seen = seenOf(input);
  const deployment = await forge.deployment(input.deployment);
  const stale = seen === undefined ? undefined : staleness(deployment, seen);
  if (stale !== undefined) throw notAsSeen(deployment, stale);
  return { deployment: input.deployment, ...(input.why === undefined ? {} : { why: input.why }) };
}

/** `stale`: what happened, as the end of a sentence. */
export function notAsSeen({ number }: Deployment, stale: string): UserError {
  return new UserError(
    `Nothing was done: #${number} is not what it was when you pressed; ${stale} Its message shows what it is now.`,
  );
}
