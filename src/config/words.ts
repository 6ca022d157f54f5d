import { z } from 'zod';

type Issue = { readonly input?: unknown };

/** A value of the file as a person would point at it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  return String(value);
}

/**
 * A text of the file: `what` it is ("a Slack channel id") and `how` to write or find it are the message
 * when it is missing, of another type, or does not match, and the description an editor shows.
 */
export function words(expected: { what: string; how: string; pattern: RegExp }): z.ZodString {
  const { what, how, pattern } = expected;
  const error = (issue: Issue) =>
    issue.input === undefined ? `Add ${what}. ${how}` : `${shown(issue.input)} is not ${what}. ${how}`;
  // What does not match is told once, whatever else would be wrong with it.
  return z.string({ error }).regex(pattern, { error, abort: true }).describe(`${what}. ${how}`);
}

/** One of a few words, with the same kind of message. */
export function oneOf<const Word extends string>(
  options: readonly [Word, ...Word[]],
  message: (input: unknown) => string,
) {
  return z.enum(options, { error: (issue: Issue) => message(issue.input) });
}
