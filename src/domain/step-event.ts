import { z } from 'zod';

const step = z.string();

/** How far a step is, in whole things: healthy tasks, or the seconds of a watch. */
export const Progress = z.strictObject({
  done: z.int(),
  of: z.int(),
  /** Absent: tasks, or what the kind of the step says. */
  unit: z.literal('seconds').optional(),
  note: z.string().optional(),
});
export type Progress = z.infer<typeof Progress>;

/** How its steps go. Part of `DeploymentEvent`. */
export const StepEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('step-started'), step }),
  z.strictObject({ type: z.literal('step-progressed'), step, progress: Progress }),
  z.strictObject({ type: z.literal('step-finished'), step, detail: z.string().optional() }),
  z.strictObject({ type: z.literal('step-failed'), step, reason: z.string() }),
  /** It does not get on: it is tried for ever, and people are told. Without a step: not with one of them. */
  z.strictObject({ type: z.literal('blocked'), step: step.optional(), reason: z.string() }),
  /** What it was blocked by is over. */
  z.strictObject({ type: z.literal('unblocked') }),
]);
export type StepEvent = z.infer<typeof StepEvent>;
