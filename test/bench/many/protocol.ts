import { z } from 'zod';

/** What Forge's process is told at its start. */
export const Order = z.object({
  apiUrl: z.string(),
  databaseFile: z.string(),
  deployments: z.int(),
  /** When each place's release becomes healthy, milliseconds since the epoch, in the order of the places. */
  endsAt: z.array(z.number()),
});
export type Order = z.infer<typeof Order>;

export const Report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** Since the last one: milliseconds of processor time; memory in megabytes. */
  z.object({ kind: z.literal('usage'), cpuMs: z.number(), memoryMb: z.number() }),
]);
export type Report = z.infer<typeof Report>;
