import { z } from 'zod';
import { withoutControlSequences } from '../domain/control-sequences.ts';

const MOST_CHARACTERS = 400;

/** The body of GitHub's refusals. Entries of `errors` are texts or objects. */
const Refusal = z.object({
  message: z.string().optional(),
  errors: z
    .array(
      z.union([
        z.string(),
        z.object({
          message: z.string().optional(),
          code: z.string().optional(),
          field: z.string().optional(),
          resource: z.string().optional(),
        }),
      ]),
    )
    .optional()
    .catch(undefined),
});

/** What GitHub said of a refusal, in its own words, without a full stop; empty: it said nothing. Foreign text. */
export function saidIn(body: unknown): string {
  const refusal = Refusal.safeParse(body);
  if (!refusal.success) return '';
  const { message = '', errors = [] } = refusal.data;
  const details = errors.flatMap((error) => detailOf(error) ?? []);
  const said = details.length > 0 && message === 'Validation Failed' ? details : [message, ...details];
  return plainLine(said.map(withoutStop).filter(Boolean).join('; '));
}

/** One line without control characters, cut where it is long. */
export function plainLine(text: string, most = MOST_CHARACTERS): string {
  const line = withoutControlSequences(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

function detailOf(
  error: string | { message?: string | undefined; code?: string | undefined; field?: string | undefined },
) {
  if (typeof error === 'string') return error;
  if (error.message !== undefined) return error.message;
  if (error.field === undefined) return error.code;
  return `${error.field} is ${error.code ?? 'not accepted'}`;
}

/** Without the full stop at its end, and not longer than can be of use: looking for the end of a long text takes long. */
export function withoutStop(text: string): string {
  return text
    .slice(0, 2 * MOST_CHARACTERS)
    .trim()
    .replace(/[\s.:;,]+$/, '');
}
