import { z } from 'zod';

/** Whether a request was answered while all was quiet, or while Forge was at it. */
export const Moment = z.enum(['before', 'during']);
export type Moment = z.infer<typeof Moment>;

/** What the load process is told. A URL it is not sending to yet is sent to from then on. */
export const ToLoad = z.discriminatedUnion('type', [
  z.object({ type: z.literal('send-to'), url: z.string() }),
  z.object({ type: z.literal('count-as'), phase: z.string(), moment: Moment }),
  z.object({ type: z.literal('tell') }),
]);
export type ToLoad = z.infer<typeof ToLoad>;

const Failure = z.object({
  /** ISO 8601. */
  at: z.string(),
  connections: z.string(),
  /** Milliseconds since the request was sent. */
  after: z.number(),
  reason: z.string(),
});
export type Failure = z.infer<typeof Failure>;

export const PhaseCount = z.object({
  phase: z.string(),
  moment: Moment,
  /** How long it lasted. */
  seconds: z.number(),
  answered: z.int(),
  failed: z.int(),
  /** Milliseconds; undefined without an answer. */
  p99: z.number().optional(),
  /** The first hundred. */
  failures: z.array(Failure),
});
export type PhaseCount = z.infer<typeof PhaseCount>;

export const FromLoad = z.object({ counts: z.array(PhaseCount) });
export type FromLoad = z.infer<typeof FromLoad>;
