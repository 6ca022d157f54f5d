import type { Change } from '../ports/store.ts';

/** The doorbell of the run that prepares a deployment: something it waits for may have come, so it looks again. */
export const PREPARE_BELL = 'news';

/** The run that prepares a deployment. */
export function preparing(deployment: number): string {
  return `prepare/${deployment}`;
}

/** Wakes the run that prepares a deployment, if it waits. `id` rings once. */
export function ringPreparing(
  deployment: number,
  { id, by }: { id: string; by: string },
): Extract<Change, { kind: 'signal-run' }> {
  return { kind: 'signal-run', run: preparing(deployment), name: PREPARE_BELL, id, by };
}
