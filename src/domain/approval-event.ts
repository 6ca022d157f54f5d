import { z } from 'zod';
import { ApprovalNeed, Verdict } from './approval.ts';
import { CodeChanges } from './code-changes.ts';

/** Who lets it start, and what an emergency leaves to be written down. Part of `DeploymentEvent`. */
export const ApprovalEvent = z.discriminatedUnion('type', [
  /** What is different in the code between what is live and what would go out, for whoever is asked next. The newest one counts. */
  z.strictObject({ type: z.literal('changes-read'), changes: CodeChanges }),
  /** People are asked whether it may start. Votes of an earlier round are void. */
  z.strictObject({
    type: z.literal('approval-asked'),
    /** 1, 2, 3 …: rises whenever what they are asked about has changed. */
    round: z.int(),
    /** Of everything they are asked about: see `askedAbout`. */
    digest: z.string(),
    /** The policy it is asked under, as `Policy.version`. */
    policy: z.string(),
    needs: z.array(ApprovalNeed),
    /** Who may not vote: who asked for it, pushed the tag, or edited the schedule last. */
    excluded: z.array(z.string()),
    /** Why its time needs somebody’s consent besides. Absent: it does not, or somebody has consented. */
    consent: z.string().optional(),
    /** Milliseconds since the epoch. */
    deadline: z.int(),
    /** What has changed since the round before, in sentences. */
    changes: z.array(z.string()),
  }),
  /** A person voted; a rejection ends it. */
  z.strictObject({
    type: z.literal('voted'),
    round: z.int(),
    verdict: Verdict,
    /** The needs it may count for: the roles and groups the person was of then. */
    countsFor: z.array(z.string()),
  }),
  /** Somebody who may lets it start at a time that is not preferred. */
  z.strictObject({ type: z.literal('consented') }),
  /**
   * An incident commander lets it start at once, without the votes that are missing and at any time. It is about exactly what
   * they saw (see `askedAbout`); the reason is recorded with it.
   */
  z.strictObject({ type: z.literal('emergency-declared'), digest: z.string() }),
  /** What the emergency passed over when it started, in sentences. */
  z.strictObject({ type: z.literal('passed-over'), what: z.array(z.string()) }),
  /** Somebody has to write down what happened. Milliseconds since the epoch. */
  z.strictObject({ type: z.literal('review-due'), at: z.int() }),
  z.strictObject({ type: z.literal('review-reminded') }),
  /** The review of an emergency, as typed. */
  z.strictObject({ type: z.literal('reviewed'), text: z.string() }),
  /** Half of the time for votes is over. */
  z.strictObject({ type: z.literal('approval-reminded') }),
]);
export type ApprovalEvent = z.infer<typeof ApprovalEvent>;
