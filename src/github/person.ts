import { z } from 'zod';
import type { Person } from '../ports/code-host.ts';

/** An account of GitHub, as it is named everywhere; null: it was deleted, or GitHub knows nobody. */
export const Account = z.object({ login: z.string() }).nullish();

/** Milliseconds since the epoch. */
export const Moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export function personOf(account: z.infer<typeof Account>): Person {
  return account == null ? {} : { login: account.login };
}
