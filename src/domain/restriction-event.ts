import { z } from 'zod';
import { FreezeScope } from './freeze.ts';

/** What happened to a freeze or a lock: its audit trail. Times are milliseconds since the epoch. */
export const RestrictionEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('freeze-placed'),
    scope: FreezeScope,
    owner: z.string(),
    reason: z.string(),
    from: z.int(),
    until: z.int(),
  }),
  z.strictObject({ type: z.literal('freeze-lifted') }),
  z.strictObject({
    type: z.literal('lock-placed'),
    environment: z.string(),
    service: z.string().optional(),
    owner: z.string(),
    reason: z.string(),
    until: z.int(),
  }),
  z.strictObject({ type: z.literal('lock-prolonged'), until: z.int() }),
  z.strictObject({ type: z.literal('lock-handed-over'), from: z.string(), to: z.string(), until: z.int() }),
  z.strictObject({ type: z.literal('lock-released') }),
]);
export type RestrictionEvent = z.infer<typeof RestrictionEvent>;
