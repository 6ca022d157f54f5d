import type { Deployment, RestoreState } from '../src/domain/deployment.ts';
import type { Step } from '../src/domain/plan.ts';
import type { Policy } from '../src/domain/policy.ts';
import { publicSmoke } from '../src/use-cases/public-smoke.ts';
import type { RestoreRegionInput } from './restore-region.ts';

type ToPutBack = Pick<RestoreRegionInput, 'part' | 'ours' | 'colours'>;

/** Steps that change something: recorded as begun before their first effect, so a region without one was not touched. */
const changing: ReadonlySet<Step['kind']> = new Set(['start', 'restore', 'arm', 'shift', 'return', 'retire']);

/** What a deployment changed and what is not back yet, by region. */
export function partsToPutBack(
  deployment: Deployment,
  { isUnwatched, policy }: { isUnwatched: boolean; policy: Policy },
): ToPutBack[] {
  const { service, environment, plan, restores, steps } = deployment;
  const isTouched = (region: string) =>
    plan.steps.some(
      (step) => changing.has(step.kind) && step.region === region && steps[step.id] !== undefined,
    );
  return Object.entries(plan.from)
    .filter(([region]) => isTouched(region) && !isSettled(restores[region]))
    .map(([region, live]) => {
      const { place, revision, version, digest } = live;
      const target = { service, environment, region };
      const part = { target, on: place, revision, version, digest: digest ?? null };
      const ours = isUnwatched ? (plan.to.digests[region] ?? null) : null;
      if (place === 'only') return { part, ours };
      const smoke = publicSmoke(target, live, policy);
      const colours = {
        desired: Math.max(1, live.desired ?? 1),
        takenBack: plan.to.version,
        smoke: smoke ?? null,
        watchSeconds: policy.timing.watchAfterReturn / 1000,
      };
      return { part, ours, colours };
    });
}

function isSettled(restore: RestoreState | undefined): boolean {
  return restore?.kind === 'restored' || restore?.kind === 'left';
}
