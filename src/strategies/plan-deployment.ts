import { UserError } from '../domain/errors.ts';
import { makePlan, type Plan, type Step } from '../domain/plan.ts';
import type { EnvironmentPolicy, ServicePolicy, Timing } from '../domain/policy.ts';
import type { Live, Release } from '../domain/release.ts';
import { strategies } from './index.ts';
import type { StrategyInput } from './strategy.ts';

type PlanRequest = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  /** What is live now, by region. */
  live: Record<string, Live>;
  timing: Timing;
};

/** The plan that puts a release on a service in an environment, region by region. */
export function planDeployment(request: PlanRequest & { release: Release }): Plan {
  const strategy = strategies[request.environment.strategy];
  const steps = inEveryRegion(request, request.release, (input) => strategy.steps(input));
  return makePlan({ strategy: request.environment.strategy, from: request.live, to: request.release, steps });
}

/**
 * The plan that puts back what ran before: exactly the revisions of `before`, not a new copy of them. Throws a `UserError`
 * where that was in other regions than the service runs in now.
 */
export function planUndo(request: PlanRequest & { before: Record<string, Live> }): Plan {
  requireSameRegions(request);
  const strategy = strategies[request.environment.strategy];
  const release = releaseOf(request.service.name, request.before);
  const steps = inEveryRegion(request, release, (input) => {
    const { region } = input.run;
    const before = request.before[region];
    if (before === undefined) return [];
    // Regions may have run different releases: each is proven to run its own again.
    const own = releaseOf(request.service.name, { [region]: before });
    return strategy.undo({ ...input, release: own, revision: before.revision });
  });
  return makePlan({ strategy: request.environment.strategy, from: request.live, to: release, steps });
}

function requireSameRegions({
  service,
  environment,
  before,
}: PlanRequest & { before: Record<string, Live> }) {
  const now = (service.runs[environment.name] ?? []).map(({ region }) => region);
  const then = Object.keys(before);
  const isSame = now.length === then.length && now.every((region) => then.includes(region));
  if (isSame && now.length > 0) return;
  const named = (regions: string[]) => (regions.length === 0 ? 'no region' : regions.join(', '));
  throw new UserError(
    `${service.title} in ${environment.name} was deployed in ${named(then)}, and by the policy file it now runs in ${named(now)}: Forge cannot put back what ran before everywhere. Nothing was changed. Say where to go instead: \`/forge deploy ${service.name} ${environment.name}\` and a version.`,
  );
}

function inEveryRegion(
  request: PlanRequest,
  release: Release,
  stepsOf: (input: StrategyInput) => Step[],
): Step[] {
  const { service, environment, timing } = request;
  const runs = service.runs[environment.name] ?? [];
  return runs.flatMap((run) => {
    const live = request.live[run.region];
    return live === undefined ? [] : stepsOf({ service, run, release, live, timing });
  });
}

/** What ran before, as a release; parts of it may be unknown where Forge did not put it there. */
function releaseOf(service: string, before: Record<string, Live>): Release {
  const lives = Object.entries(before);
  const versions = new Set(lives.map(([, { version }]) => version));
  const [commit, ...others] = new Set(lives.map(([, live]) => live.commit));
  const digests = lives.flatMap(([region, live]) =>
    live.digest === undefined ? [] : [[region, live.digest] as const],
  );
  return {
    service,
    version: versions.size === 0 ? 'unknown' : [...versions].join(' and '),
    ...(commit === undefined || others.length > 0 ? {} : { commit }),
    digests: Object.fromEntries(digests),
  };
}
