/**
 * A refusal a person should read: one sentence that says what and what next.
 * Everything else that is thrown is a fault, shown to people as a reference only.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** There is no image of it, or not in every region: its build may be at it. */
export class ImageMissing extends UserError {}

/** Something else has the place now; to try again later may help. */
export class PlaceBusy extends UserError {}

/** By what is known of them, and of their groups, the person may not do it: a vote would not count, or what recurs is not theirs to start any more. */
export class NotEligible extends UserError {}

/** The message of anything thrown, with the messages of its causes; for logs and for people who can mend it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause === undefined) return error.message;
  return `${error.message}: ${messageOf(error.cause)}`;
}
