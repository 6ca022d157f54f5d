import { z } from 'zod';

/** What the load generator is told, and what it answers. */
export const ToLoad = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set'), key: z.string(), url: z.string(), requestsPerSecond: z.number() }),
  z.object({ type: z.literal('read'), id: z.int() }),
]);
export type ToLoad = z.infer<typeof ToLoad>;

export const LoadReport = z.object({
  sent: z.int(),
  answered: z.int(),
  /** 5xx, or the connection was refused or cut. */
  failed: z.int(),
  /** Answers by the `x-version` they carried. */
  versions: z.record(z.string(), z.int()),
});
export type LoadReport = z.infer<typeof LoadReport>;

export const FromLoad = z.object({ id: z.int(), reports: z.record(z.string(), LoadReport) });
export type FromLoad = z.infer<typeof FromLoad>;
