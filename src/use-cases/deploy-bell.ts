import type { Deployment } from '../domain/deployment.ts';
import type { Change } from '../ports/store.ts';

/** The doorbell of the run that carries a deployment out: what holds up its next region may be over, so it looks again. */
export const DEPLOY_BELL = 'times';

/** Wakes the run that carries a deployment out, if it waits for its time. `id` rings once. */
export function ringDeploying(
  { number, run = `deploy/${number}` }: Pick<Deployment, 'number' | 'run'>,
  { id, by }: { id: string; by: string },
): Extract<Change, { kind: 'signal-run' }> {
  return { kind: 'signal-run', run, name: DEPLOY_BELL, id, by };
}
