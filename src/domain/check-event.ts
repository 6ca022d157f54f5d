import { z } from 'zod';
import { More, PlannedCheck } from './check.ts';

/** What happens to the checks of the policy. Part of `DeploymentEvent`. */
export const CheckEvent = z.discriminatedUnion('type', [
  /** What is looked at before it may start, in this order; made anew where the policy asks for something else. */
  z.strictObject({ type: z.literal('checks-planned'), checks: z.array(PlannedCheck) }),
  /** A check of the policy is looked at. */
  z.strictObject({ type: z.literal('check-started'), name: z.string() }),
  /** It is not decided yet: who or what is late. The newest one counts. */
  z.strictObject({
    type: z.literal('check-waiting'),
    name: z.string(),
    says: z.string(),
    more: More.optional(),
  }),
  /** What was found, in words. One that passed long ago may pass again, right before the start. */
  z.strictObject({ type: z.literal('check-passed'), name: z.string(), detail: z.string() }),
  /** It did not pass, so nothing is started: a person looks at it, and may have it looked at again. */
  z.strictObject({
    type: z.literal('check-failed'),
    name: z.string(),
    /** `unknown`: nobody can tell whether it would have passed. */
    verdict: z.enum(['failed', 'unknown']),
    /** What failed, in words. */
    says: z.string(),
    /** The last lines of its output, as they came. */
    tail: z.array(z.string()).optional(),
    more: More.optional(),
    /** Whose word lets it pass all the same. Absent: nobody's. */
    override: z.string().optional(),
    /** Milliseconds since the epoch. Where nobody has done anything by then, it is not started. */
    deadline: z.int(),
  }),
  /** Half of the time for a failed check, or a failed build, is over. */
  z.strictObject({ type: z.literal('check-reminded') }),
  /** A person has a failed check looked at again. */
  z.strictObject({ type: z.literal('check-retried'), name: z.string() }),
  /** Somebody whose word counts lets it pass all the same; the reason is recorded with it. */
  z.strictObject({ type: z.literal('check-overridden'), name: z.string() }),
  /** A person confirms what the box says; `of` as in `PlannedCheck`: of a box that says something else nothing is confirmed. */
  z.strictObject({ type: z.literal('box-ticked'), name: z.string(), of: z.string() }),
]);
export type CheckEvent = z.infer<typeof CheckEvent>;
