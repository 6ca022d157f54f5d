import type { Deployment } from '../domain/deployment.ts';
import { expectedSeconds, secondsToUndo } from '../domain/estimate.ts';
import { makePlan, type Plan, type Step } from '../domain/plan.ts';
import type { EnvironmentPolicy, ServicePolicy, Timing } from '../domain/policy.ts';
import type { Live } from '../domain/release.ts';
import { planUndo } from '../strategies/plan-deployment.ts';
import type { ForeignWeights } from './lives-to-undo.ts';

/** A region whose earlier release cannot take the traffic at once, and why: a clause. */
export type SlowRegion = { region: string; reason: string };

type Request = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  live: Record<string, Live>;
  /** What is to be put back. */
  before: Record<string, Live>;
  timing: Timing;
  undoes: Deployment;
  foreign: readonly ForeignWeights[];
};

export type UndoPlans = {
  plan: Plan;
  seconds: number;
  slow: SlowRegion[];
  emergency?: { plan: Plan; seconds: number };
};

/** The plan of a rollback, and the one of an emergency where that is faster. Throws a `UserError` as `planUndo`. */
export function undoPlans(request: Request): UndoPlans {
  const usual = overriding(planUndo(request), request);
  const slow = slowRegions(usual.plan, request);
  if (slow.length === 0) return { ...usual, slow };
  const emergency = overriding(planUndo({ ...request, emergency: true }), request);
  const isFaster = slowRegions(emergency.plan, request).length < slow.length;
  return { ...usual, slow, ...(isFaster ? { emergency } : {}) };
}

function overriding(plan: Plan, { foreign, undoes }: Request): { plan: Plan; seconds: number } {
  const { digest: _ofIt, ...content } = plan;
  const steps = plan.steps.map((step): Step => {
    const over = foreign.find(({ region }) => region === step.region)?.splits;
    return step.kind === 'return' && over !== undefined ? { ...step, over } : step;
  });
  const whole = makePlan({ ...content, steps });
  return { plan: whole, seconds: secondsToUndo(whole, expectedSeconds(whole, undoes)) };
}

/** Only of a service in colours: elsewhere every rollback starts tasks. */
function slowRegions({ steps }: Plan, { live, before }: Request): SlowRegion[] {
  return steps.flatMap(({ kind, region }) => {
    const idle = live[region]?.idle;
    if (kind !== 'restore' || idle === undefined) return [];
    return [{ region, reason: reasonOf(idle, before[region], live[region]?.desired ?? 1) }];
  });
}

function reasonOf(idle: NonNullable<Live['idle']>, before: Live | undefined, needed: number): string {
  const version = before?.version ?? 'the earlier release';
  if (idle.desired === 0) return `${version} is not kept warm any more and has to be started again`;
  if (before === undefined || idle.revision !== before.revision) {
    const other = idle.version === version ? `a changed ${version}` : idle.version;
    return `what is kept warm is ${other}, so ${version} has to be started again`;
  }
  const staying = Math.min(idle.healthy, idle.desired);
  if (needed === 1) return `the one task that ${version} needs is not healthy`;
  const few = staying === 0 ? 'none' : `only ${staying}`;
  return `${few} of the ${needed} tasks that ${version} needs ${staying < 2 ? 'is' : 'are'} healthy`;
}
