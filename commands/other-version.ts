import { UserError } from '../src/domain/errors.ts';

/** Buttons and forms outlive the version of Forge that made them, and may carry what this one cannot use. */
export function otherVersion(what: 'button' | 'form', cause?: unknown): UserError {
  const sentence =
    what === 'button'
      ? 'This button belongs to another version of Forge, so nothing was done. Type the command instead; `/forge help` lists what you can type.'
      : 'This form belongs to another version of Forge, so nothing was done. Close it and type the command again.';
  return new UserError(sentence, cause === undefined ? {} : { cause });
}

/** What a button or form carries; undefined when it carries nothing. Throws a `UserError` for what is no JSON. */
export function carried(text: string, what: 'button' | 'form'): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw otherVersion(what, error);
  }
}
