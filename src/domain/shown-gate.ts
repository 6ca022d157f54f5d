import { z } from 'zod';

/** One gate as people see it: what was measured, what is allowed, and what follows. */
export const ShownGate = z.strictObject({
  /** What it watches, `errors`, `p95` …; one of each per region. */
  gate: z.string(),
  kind: z.enum(['passed', 'failed', 'inconclusive', 'error']),
  /** As read, such as `0.4 %`. Absent: nothing was measured. */
  value: z.string().optional(),
  /** Such as `at most 1 %`. */
  limit: z.string(),
  /** The sentence with the numbers that led to it. */
  words: z.string(),
  /** When the newest measurement of it was made (milliseconds since the epoch). Absent: there is none. */
  at: z.int().optional(),
});
export type ShownGate = z.infer<typeof ShownGate>;
