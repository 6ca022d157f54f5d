import { z } from 'zod';

/** How it ends, and what becomes of its release afterwards. Part of `DeploymentEvent`. */
export const EndingEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('succeeded') }),
  /** A failure after effects: the previous release is back, confirmed. */
  z.strictObject({ type: z.literal('rolled-back') }),
  /** Stopped by a person; whatever had changed is back, confirmed. */
  z.strictObject({ type: z.literal('aborted') }),
  /** Forge stopped trying and leaves the service as it is: a person took over, or somebody else changed it. */
  z.strictObject({ type: z.literal('left'), reason: z.string() }),
  /** A person said no before it began. */
  z.strictObject({ type: z.literal('rejected') }),
  /** Nobody let it start in time. */
  z.strictObject({ type: z.literal('expired'), reason: z.string() }),
  /** Ended before any effect: nothing was changed. */
  z.strictObject({ type: z.literal('refused'), reason: z.string() }),
  /** Ended before any effect, because a newer one of what is deployed by itself took its place. Absent: there is no deployment of it. */
  z.strictObject({ type: z.literal('superseded'), by: z.int().optional(), reason: z.string() }),
  /** A rollback of it, deployment `by`, has begun: there is one at a time. */
  z.strictObject({ type: z.literal('undoing'), by: z.int() }),
  z.strictObject({ type: z.literal('undo-failed'), by: z.int() }),
  /** Its release was live and a rollback, deployment `by`, put the one before it back. */
  z.strictObject({ type: z.literal('undone'), by: z.int() }),
  /** Its release was live until deployment `by` succeeded. */
  z.strictObject({ type: z.literal('replaced'), by: z.int() }),
  /** It had been replaced by a deployment that was then undone by `by`: its release is live again. */
  z.strictObject({ type: z.literal('live-again'), by: z.int() }),
  /** Because of it nothing that is pushed is deployed there by itself, until somebody lets that go on. */
  z.strictObject({ type: z.literal('automatic-held') }),
  z.strictObject({ type: z.literal('automatic-resumed') }),
]);
export type EndingEvent = z.infer<typeof EndingEvent>;
