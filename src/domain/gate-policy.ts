import { z } from 'zod';

const share = z.number().min(0).max(1);

/**
 * What the gates of an environment allow. Shares are 0 to 1, times are milliseconds; a limit that is absent is not judged.
 * It is part of a plan, so that a change of the policy file never changes what a running deployment is judged by.
 */
export const GatePolicy = z.strictObject({
  /** `traffic`: without requests nothing is known, and it waits. `smoke`: smoke tests and health are enough. */
  evidence: z.enum(['traffic', 'smoke']),
  /** Of the evidence that errors are below their limit, 0 to 1. */
  confidence: share,
  /** What must hold at the end of every bake. */
  pass: z.strictObject({
    errors: share.optional(),
    fiveXx: share.optional(),
    p95: z.number().optional(),
    p99: z.number().optional(),
    /** Of the baseline, at least. */
    activeConnections: share.optional(),
    /** Of the most there may be, at most. */
    databaseConnections: share.optional(),
  }),
  /** What puts the previous release back when it lasts longer than `for`. */
  rollBackWhen: z.strictObject({
    for: z.number(),
    errors: share.optional(),
    fiveXx: share.optional(),
    p99: z.number().optional(),
    /** Of the baseline. */
    activeConnectionsBelow: share.optional(),
  }),
});
export type GatePolicy = z.infer<typeof GatePolicy>;
