import { makePlan, type Plan, type Step } from '../domain/plan.ts';
import type { EnvironmentPolicy, ServicePolicy, StrategyName, Timing } from '../domain/policy.ts';
import type { Live, Release } from '../domain/release.ts';
import { strategies } from './index.ts';
import { releaseOf } from './release-of.ts';
import { requireUndoable } from './require-undoable.ts';
import type { RegionInput, UndoInput } from './strategy.ts';
import { shiftsOf, strategyOf } from './strategy-of.ts';

type PlanRequest = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  /** What is live now, by region. */
  live: Record<string, Live>;
  timing: Timing;
};

/**
 * The plan that puts a release on a service in an environment, region by region. `strategy`: instead of what the policy
 * says. Throws a `UserError` where the service cannot be deployed so.
 */
export function planDeployment(request: PlanRequest & { release: Release; strategy?: StrategyName }): Plan {
  const strategy = strategyOf(request);
  const shifts = shiftsOf(request, strategy);
  const steps = regionsIn(request, request.release).flatMap((input) =>
    strategies[strategy].steps({ ...input, shifts }),
  );
  return planOf(request, { strategy, to: request.release, steps });
}

/**
 * The plan that puts back what ran before: exactly the revisions of `before`, not a new copy of them. `emergency`: traffic
 * moves as soon as one task can take it. Throws a `UserError` where that was in other regions, or on other ECS services,
 * than the service runs on now.
 */
export function planUndo(request: PlanRequest & { before: Record<string, Live>; emergency?: true }): Plan {
  requireUndoable(request);
  const strategy = strategyOf(request);
  const release = releaseOf(request.service.name, request.before);
  const regions = regionsIn(request, release).flatMap((input) => undoOf(input, request));
  return planOf(request, { strategy, to: release, steps: strategies[strategy].undo(regions) });
}

function regionsIn({ service, environment, live, timing }: PlanRequest, release: Release): RegionInput[] {
  const runs = service.runs[environment.name] ?? [];
  return runs.flatMap((run) => {
    const now = live[run.region];
    return now === undefined ? [] : [{ service, environment, run, release, live: now, timing }];
  });
}

function undoOf(
  input: RegionInput,
  request: { before: Record<string, Live>; emergency?: true },
): UndoInput[] {
  const { region } = input.run;
  const before = request.before[region];
  if (before === undefined) return [];
  // Regions may have run different releases: each is proven to run its own again.
  const release = releaseOf(input.service.name, { [region]: before });
  return [{ ...input, release, before, emergency: request.emergency ?? false }];
}

function planOf(
  { service, environment, live }: PlanRequest,
  { strategy, to, steps }: { strategy: StrategyName; to: Release; steps: Step[] },
): Plan {
  const gates = service.gates[environment.name] ?? environment.gates;
  return makePlan({ strategy, from: live, to, steps, ...(strategy === 'rolling' ? {} : { gates }) });
}
