import type { Deployment, RestoreState } from '../src/domain/deployment.ts';
import type { RestoreRegionInput } from './restore-region.ts';

type ToPutBack = Pick<RestoreRegionInput, 'part' | 'ours'>;

/** What a deployment changed and what is not back yet, by region. */
export function partsToPutBack(
  deployment: Deployment,
  { isUnwatched }: { isUnwatched: boolean },
): ToPutBack[] {
  const { service, environment, plan, restores, steps } = deployment;
  /** A step is recorded as begun before its first effect, so a region without one was not touched. */
  const isTouched = (region: string) =>
    plan.steps.some((step) => {
      const changes = step.kind === 'start' || step.kind === 'restore';
      return changes && step.region === region && steps[step.id] !== undefined;
    });
  return Object.entries(plan.from)
    .filter(([region]) => isTouched(region) && !isSettled(restores[region]))
    .map(([region, { place, revision, version, digest }]) => {
      const target = { service, environment, region };
      const part = { target, on: place, revision, version, digest: digest ?? null };
      return { part, ours: isUnwatched ? (plan.to.digests[region] ?? null) : null };
    });
}

function isSettled(restore: RestoreState | undefined): boolean {
  return restore?.kind === 'restored' || restore?.kind === 'left';
}
