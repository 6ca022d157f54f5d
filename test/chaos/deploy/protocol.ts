import { z } from 'zod';

const Point = z.object({
  label: z.string(),
  side: z.enum(['before', 'after']),
  nth: z.int(),
});

/** What the process that runs Forge is told. */
export const ToForge = z.discriminatedUnion('type', [
  z.object({ type: z.literal('arm'), point: Point.optional() }),
  z.object({ type: z.literal('tell') }),
]);
export type ToForge = z.infer<typeof ToForge>;

/** What it says. */
export const FromForge = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('armed') }),
  z.object({ type: z.literal('passed'), points: z.array(Point) }),
]);
export type FromForge = z.infer<typeof FromForge>;
