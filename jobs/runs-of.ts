import type { Engine, RunView } from './engine/engine.ts';

/** `deploy/142`, `deploy/142/2`, `deploy/142/3` … as far as there are any, in the order they began. */
export async function runsOf(
  job: 'deploy' | 'put-back',
  deployment: number,
  engine: Pick<Engine, 'get'>,
): Promise<RunView[]> {
  const runs: RunView[] = [];
  for (;;) {
    const run = await engine.get(runId(job, deployment, runs.length + 1));
    if (run === undefined) return runs;
    runs.push(run);
  }
}

export function runId(job: 'deploy' | 'put-back', deployment: number, count: number): string {
  return count === 1 ? `${job}/${deployment}` : `${job}/${deployment}/${count}`;
}

/** Whether a run, or one that it started, works on the deployment. */
export function worksOn(deployment: number, { id }: Pick<RunView, 'id'>): boolean {
  const [job, of] = id.split('/');
  return of === String(deployment) && (job === 'prepare' || job === 'deploy' || job === 'put-back');
}
