import { UserError } from '../src/domain/errors.ts';
import type { FormCheck, Submission } from '../src/ports/incoming.ts';
import { commands } from './index.ts';

/** Judges a form's fields before it closes, without asking the world: what is wrong shows under its field. */
export function checkForm({ callbackId, values, privateMetadata }: Submission): FormCheck {
  const command = Object.hasOwn(commands, callbackId) ? commands[callbackId] : undefined;
  if (command?.fromForm === undefined) {
    throw new UserError(
      'This form belongs to another version of Forge. Close it and type the command again.',
    );
  }
  const hidden: unknown = privateMetadata === '' ? undefined : JSON.parse(privateMetadata);
  const accepted = command.accept(command.fromForm(values, hidden));
  if (accepted.kind === 'accepted') return { kind: 'accepted' };
  const [anyField = ''] = Object.keys(values);
  const errors = accepted.issues.map(({ field, message }) => [field in values ? field : anyField, message]);
  return { kind: 'errors', errors: Object.fromEntries(errors) };
}
