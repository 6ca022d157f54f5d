import { z } from 'zod';

/** How a person's answer reaches the work that was asked about. */
export const AnswerPath = z.discriminatedUnion('kind', [
  /** The run that worked on it is gone: "go on" starts this one in its place. */
  z.strictObject({ kind: z.literal('new-run'), run: z.string() }),
  /** A run waits for a signal of this name. */
  z.strictObject({ kind: z.literal('signal'), run: z.string(), name: z.string() }),
]);
export type AnswerPath = z.infer<typeof AnswerPath>;

/** What counts when nobody answers: it is aborted, or what was asked about counts as failed. */
export const SafeAnswer = z.enum(['abort', 'failed']);
export type SafeAnswer = z.infer<typeof SafeAnswer>;

/** Questions to people, and what goes on with or without an answer. Part of `DeploymentEvent`. */
export const QuestionEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('held'),
    question: z.string(),
    /** What `resume` will do, as a sentence. */
    resumeMeans: z.string(),
    /** What `abort` will do, and what happens at the deadline. */
    abortMeans: z.string(),
    /** What saying that it happened will do, as a sentence. Absent: that is no answer to this question. */
    doneMeans: z.string().optional(),
    /** For engineers, beside the question. */
    detail: z.string().optional(),
    /** Milliseconds since the epoch. At this time Forge gives the safe answer. */
    deadline: z.int(),
    /** Absent: it is aborted. */
    otherwise: SafeAnswer.optional(),
    /** Absent: the run that asks looks for the answer by itself. */
    via: AnswerPath.optional(),
    /** Weights that somebody else set, in the words of the question: every answer to it overrides exactly these. */
    weights: z.string().optional(),
  }),
  /** Half of the time for the answer is over. */
  z.strictObject({ type: z.literal('reminded') }),
  /** By a person's answer, or by the job because AWS answers again. */
  z.strictObject({
    type: z.literal('resumed'),
    /** The run that works on it from now on. Absent: the one that did. */
    run: z.string().optional(),
    /** What a person said of an effect whose outcome is unknown: do it again, or it happened. Absent: it was no such question. */
    answer: z.enum(['again', 'happened']).optional(),
  }),
  /** Nobody answered in time: what was asked about counts as failed, and the job goes on from that. */
  z.strictObject({ type: z.literal('unanswered') }),
  /** Its run was lost, and Forge goes on by itself in another one. Without a reason: people know already. */
  z.strictObject({
    type: z.literal('continued'),
    run: z.string(),
    reason: z.string().optional(),
    /** For engineers, beside the reason. */
    detail: z.string().optional(),
  }),
]);
export type QuestionEvent = z.infer<typeof QuestionEvent>;
