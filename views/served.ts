import type { Deployment } from '../src/domain/deployment.ts';

/** Where and when a release that was put back again answered requests; times in milliseconds since the epoch. */
export type Served = { regions: string[]; since: number; until: number };

/** A release serves once its start step is finished, whatever becomes of it later; undefined where none came so far. */
export function servedBy({ plan, steps, endedAt, changedAt }: Deployment): Served | undefined {
  const starts = plan.steps.flatMap((step) => {
    const state = steps[step.id];
    return step.kind === 'start' && state?.kind === 'finished'
      ? [{ region: step.region, at: state.endedAt }]
      : [];
  });
  if (starts.length === 0) return undefined;
  const regions = [...new Set(starts.map(({ region }) => region))];
  return { regions, since: Math.min(...starts.map(({ at }) => at)), until: endedAt ?? changedAt };
}
