import { z } from 'zod';
import { KINDS } from './kinds.ts';

const Called = z.object({ service: z.string(), operation: z.string() });
const Trial = z.object({
  journey: z.string(),
  ...Called.shape,
  nth: z.int(),
  kind: z.enum(KINDS),
});

/** What a worker is asked to do; it does one thing at a time. */
export const Task = z.discriminatedUnion('type', [
  z.object({ type: z.literal('record'), journey: z.string() }),
  z.object({ type: z.literal('try'), trial: Trial }),
]);
export type Task = z.infer<typeof Task>;

const TrialResult = z.object({
  outcome: z.enum(['right', 'told', 'held', 'missed', 'violation']),
  seconds: z.number(),
  told: z.array(z.string()),
  violations: z.array(z.string()),
  log: z.array(z.string()),
});

export const Report = z.discriminatedUnion('type', [
  z.object({ type: z.literal('recorded'), calls: z.array(Called) }),
  z.object({ type: z.literal('tried'), result: TrialResult }),
  z.object({ type: z.literal('failed'), problem: z.string() }),
]);
export type Report = z.infer<typeof Report>;
