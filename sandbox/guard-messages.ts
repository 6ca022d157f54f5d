import { z } from 'zod';

/** What the sandbox tells its guard. */
export const GuardOrder = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    /** Program file for Node. */
    file: z.string(),
    workingFolder: z.string(),
    environment: z.record(z.string(), z.string()),
  }),
  /** SIGTERM, and SIGKILL when it has not ended after `withinMs`. */
  z.strictObject({ kind: z.literal('stop'), withinMs: z.int() }),
]);
export type GuardOrder = z.infer<typeof GuardOrder>;

/** What the guard tells the sandbox. */
export const GuardReport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('started'), pid: z.int() }),
  /** Ended, or could not be started at all (`reason`). */
  z.strictObject({ kind: z.literal('ended'), reason: z.string() }),
]);
export type GuardReport = z.infer<typeof GuardReport>;
