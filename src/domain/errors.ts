/**
 * A refusal a person should read: one sentence that says what and what next.
 * Everything else that is thrown is a fault, shown to people as a reference only.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** A person's vote would count for nothing by what is known of their groups; with fresher facts it may. */
export class NotEligible extends UserError {}

/** The message of anything thrown, with the messages of its causes; for logs and for people who can mend it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause === undefined) return error.message;
  return `${error.message}: ${messageOf(error.cause)}`;
}
