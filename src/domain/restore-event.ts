import { z } from 'zod';
import { Progress } from './step-event.ts';

const region = z.string();

/** Putting the previous release back. Part of `DeploymentEvent`. */
export const RestoreEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('restoring'),
    because: z.enum(['failure', 'abort']),
    reason: z.string(),
  }),
  z.strictObject({ type: z.literal('restore-progressed'), region, progress: Progress }),
  /** Putting back does not get on: it is retried for ever, and people are told. */
  z.strictObject({ type: z.literal('restore-blocked'), region, reason: z.string() }),
  z.strictObject({ type: z.literal('restored'), region, detail: z.string() }),
  /** Somebody outside Forge put something else there: nothing is put back over it. */
  z.strictObject({ type: z.literal('restore-left'), region, reason: z.string() }),
]);
export type RestoreEvent = z.infer<typeof RestoreEvent>;
