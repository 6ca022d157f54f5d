import { OperationFailed } from './engine/engine.ts';
import { isTakenOver } from './obedient.ts';

/** What people are told of a fault of Forge's own that may pass; undefined for what must end the run instead. */
export function faultOf(error: unknown): string | undefined {
  if (!(error instanceof OperationFailed) || isTakenOver(error)) return undefined;
  return `Forge itself had a problem: ${error.message}`;
}
