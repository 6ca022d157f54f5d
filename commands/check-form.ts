import { UserError } from '../src/domain/errors.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { FormCheck, Submission } from '../src/ports/incoming.ts';
import type { AnyCommand, Issue } from './command.ts';
import { commandNamed } from './find-command.ts';
import { hiddenPart } from './hidden-part.ts';
import { otherVersion } from './other-version.ts';

/**
 * Judges a form's fields before it closes, without asking the world: what is wrong shows under its field. Throws a
 * `UserError` for what has no field to show it under.
 */
export function checkForm({ callbackId, values, privateMetadata }: Submission, policy: Policy): FormCheck {
  const command = commandNamed(callbackId);
  if (command?.fromForm === undefined) throw otherVersion('form');
  const issues = issuesOf(command, command.fromForm(values, hiddenPart(privateMetadata)), policy);
  if (issues.length === 0) return { kind: 'accepted' };
  const [anyField] = Object.keys(values);
  if (anyField === undefined) throw new UserError(issues.map(({ message }) => message).join(' '));
  const errors = issues.map(({ field, message }) => [field in values ? field : anyField, message]);
  return { kind: 'errors', errors: Object.fromEntries(errors) };
}

function issuesOf(command: AnyCommand, value: unknown, policy: Policy): Issue[] {
  const accepted = command.accept(value);
  if (accepted.kind === 'rejected') return accepted.issues;
  const misfit = accepted.misfit(policy);
  return misfit === undefined ? [] : [misfit];
}
