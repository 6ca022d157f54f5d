import { messageOf } from '../../src/domain/errors.ts';
import type { Outcome } from './driver.ts';
import { AbortRequested, OperationFailed, TimeLimitReached } from './engine.ts';

/** Hands a journaled outcome to the job. The value is of the type the job's code gave it when it was recorded. */
export function deliver<Value>(outcome: Outcome): Value {
  switch (outcome.kind) {
    case 'failed':
      throw new OperationFailed(outcome.errorName, outcome.message);
    case 'aborted':
      throw new AbortRequested(outcome.by, outcome.reason);
    case 'ok':
      return outcome.value as Value;
  }
}

/** What of an error outlives the process. */
export function failureOf(error: unknown): Extract<Outcome, { kind: 'failed' }> {
  const message = messageOf(error);
  if (error instanceof OperationFailed) return { kind: 'failed', errorName: error.errorName, message };
  return { kind: 'failed', errorName: error instanceof Error ? error.name : 'Error', message };
}

/** An attempt whose time was up failed for that reason, whatever its body made of it. */
export function causeOf(error: unknown, signal: AbortSignal): unknown {
  return signal.reason instanceof TimeLimitReached ? signal.reason : error;
}
