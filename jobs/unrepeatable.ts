import { z } from 'zod';
import type { Json } from '../src/domain/json.ts';
import { SafeAnswer } from '../src/domain/question-event.ts';
import { NobodyAnswered } from './ask.ts';
import { AbortRequested, type Attempt, type JobContext, nobody, OperationFailed } from './engine/engine.ts';
import { StepFailed } from './steps/step-run.ts';
import type { World } from './world.ts';

/** What people are asked when nobody knows whether an effect happened. The sentences are for them. */
export const EffectQuestion = z.strictObject({
  deployment: z.int(),
  /** What was being done and why nobody knows. */
  question: z.string(),
  /** What having it done again means. */
  againMeans: z.string(),
  /** What going on as if it had been done means. */
  doneMeans: z.string(),
  abortMeans: z.string(),
  otherwise: SafeAnswer,
});
export type EffectQuestion = z.infer<typeof EffectQuestion>;

type Effect<Value> = {
  /** Of the operation. */
  name: string;
  question: EffectQuestion;
  body: (attempt: Attempt) => Promise<Value>;
};

/**
 * Has an effect that must not be repeated blindly, such as a migration that is no desired state. Where a crash hides
 * whether it happened, the deployment is held and people say (see `reconcile`). Undefined where a person said that it
 * happened. A run that is begun in place of a stuck one (`deploy/n/2`) knows nothing of its journal: a job that has such
 * effects must show in the events that one has begun, and ask before it is had in another run. Throws `StepFailed` or `NobodyAnswered` when nobody says in time, after the safe answer.
 */
export async function unrepeatable<Value extends Json | undefined>(
  context: JobContext,
  { name, question, body }: Effect<Value>,
  { policy }: Pick<World, 'policy'>,
): Promise<Value | undefined> {
  const { deployment, otherwise } = question;
  const within = policy.timing.questionWithin;
  try {
    return await context.operation<Value | undefined>(name, body, {
      onUnknown: 'ask',
      question: { within, otherwise, about: question },
    });
  } catch (error) {
    if (isUnanswered(error)) {
      await context.commit(`${name}: nobody answered`, [
        { kind: 'append', deployment, expect: 'any', events: [{ type: 'unanswered' }] },
      ]);
      throw new StepFailed(`nobody said in time whether it happened (${question.question})`);
    }
    if (!isAbortedByNobody(error)) throw error;
    const why = 'nobody answered the question in time';
    await context.commit(`${name}: nobody answered`, [
      { kind: 'append', deployment, expect: 'any', events: [{ type: 'abort-requested' }], why },
    ]);
    throw new NobodyAnswered(`${why} (${question.question})`);
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof OperationFailed && error.errorName === 'NobodyAnswered';
}

function isAbortedByNobody(error: unknown): boolean {
  return error instanceof AbortRequested && error.by === nobody;
}
