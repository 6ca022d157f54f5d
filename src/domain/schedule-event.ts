import { z } from 'zod';

/** Why a scheduled deployment could not be carried out as things were when it was looked at. */
export const StartProblem = z.strictObject({
  /** Of two that are about the same the words may differ, as counts do. */
  about: z.enum(['image', 'database', 'plan', 'policy']),
  /** A sentence, with what helps. */
  says: z.string(),
});
export type StartProblem = z.infer<typeof StartProblem>;

/** Waiting for its time, and for the word of whoever scheduled it. Part of `DeploymentEvent`. */
export const ScheduleEvent = z.discriminatedUnion('type', [
  /** It may start later, and does so by itself. */
  z.strictObject({
    type: z.literal('waiting'),
    for: z.enum(['window', 'freeze', 'lock', 'schedule', 'consent', 'deployment', 'owner']),
    why: z.string(),
    /** Milliseconds since the epoch; absent: nobody knows. */
    until: z.int().optional(),
  }),
  /** A person set another time to start at, and agrees to what it would do now. Milliseconds since the epoch. */
  z.strictObject({ type: z.literal('rescheduled'), startAt: z.int() }),
  /** It is not as it was scheduled: it starts only if its owner says so in time. */
  z.strictObject({
    type: z.literal('owner-asked'),
    /** What is different, in sentences. */
    changes: z.array(z.string()),
    /** When it would start with the owner's word. Milliseconds since the epoch. */
    startsAt: z.int(),
    /** Milliseconds since the epoch. Without an answer until then it does not start. */
    deadline: z.int(),
    /** One of the differences: with the owner's word it is looked at again, and starts only if that is mended. */
    problem: StartProblem.optional(),
  }),
  /** Half of the time for the owner's answer is over. */
  z.strictObject({ type: z.literal('owner-reminded') }),
  /** What its owner was asked about is mended, so nobody has to answer. */
  z.strictObject({ type: z.literal('owner-not-needed') }),
  /** Its owner lets it start as it is now; `digest`: of what they saw, see `askedAbout`. */
  z.strictObject({ type: z.literal('owner-confirmed'), digest: z.string() }),
]);
export type ScheduleEvent = z.infer<typeof ScheduleEvent>;
