import { UserError } from '../src/domain/errors.ts';
import type { Shortcut } from '../src/ports/incoming.ts';
import type { AnyCommand, Asking, Reading } from './command.ts';
import { commandNamed } from './find-command.ts';
import { sortWords } from './words.ts';

/**
 * What a shortcut asks for: the bare command, which asks what is missing, or the command for the deployment its message is
 * about. Throws a `UserError` when nothing can be made of it.
 */
export async function readShortcut(
  { callbackId, on }: Shortcut,
  asking: Asking,
): Promise<{ command: AnyCommand; reading: Reading }> {
  const command = commandNamed(callbackId);
  if (command === undefined) {
    throw new UserError(
      'This shortcut belongs to another version of Forge, so nothing was done. Type the command instead; `/forge help` lists what you can type.',
    );
  }
  if (on !== undefined)
    return { command, reading: { kind: 'input', value: { deployment: deploymentOf(on) } } };
  return { command, reading: await command.fromWords(sortWords({ words: [] }, asking.forge.policy), asking) };
}

/** Of a deployment's message, its copies, the lines of its thread and what its approvers were sent. */
const POSTED = /^(?<number>\d{1,9})(?:[~/]|$)/u;
const IN_TEXT = /\(#(?<number>\d{1,9})\)/u;

/** Anybody may write a number: only what Forge wrote says which deployment it is about. */
function deploymentOf({ isOurs, post, text }: NonNullable<Shortcut['on']>): number {
  const found = isOurs ? (POSTED.exec(post ?? '') ?? IN_TEXT.exec(text)) : null;
  const number = found?.groups?.number;
  if (number !== undefined) return Number(number);
  throw new UserError(
    isOurs
      ? 'Nothing was done: this message of Forge is not about one deployment. Use the shortcut on the message of a deployment, or type `/forge rollback`.'
      : 'Nothing was done: this message is not from Forge. Use the shortcut on the message of a deployment that Forge wrote, or type `/forge rollback`.',
  );
}
