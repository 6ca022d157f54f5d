import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Baseline } from '../../src/domain/gates/index.ts';
import type { Step } from '../../src/domain/plan.ts';
import type { Target } from '../../src/domain/release.ts';
import type { DeployInput } from '../deploy.ts';
import type { JobContext } from '../engine/engine.ts';
import { faultOf } from '../fault-of.ts';
import type { Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { carryOut } from './carry-out.ts';
import { settled } from './settled.ts';
import { ServiceReplaced, StepFailed, type StepRun } from './step-run.ts';
import { untilMayGoOn } from './until-may-go-on.ts';
import type { Work } from './work.ts';

/** What the steps of one run have in common. */
type Shared = Pick<Work, 'plan' | 'title' | 'limits' | 'begun'> & {
  isRollback: boolean;
  baselines: Map<string, Baseline | undefined>;
  knowsLiveIsDown: Set<string>;
};

type OneStep = Shared & { step: Step; tell: (step: string) => Tell };

/** For all steps of a run, so that one knows what another has found out. */
export function sharedBySteps({ plan, title, limits, begun }: Work, isRollback: boolean): Shared {
  return { plan, title, limits, begun, isRollback, baselines: new Map(), knowsLiveIsDown: new Set() };
}

/** Carries out one step of a plan and records how it goes. Throws what ends the deployment. */
export async function carryOutStep(
  context: JobContext<DeployInput>,
  one: OneStep,
  world: World,
): Promise<void> {
  const { step, isRollback, begun } = one;
  const run = stepRun(context, one, world);
  const record = (name: string, event: DeploymentEvent) => run.record(name, [event]);
  if (!isRollback) await untilMayGoOn(step, run, begun);
  // What an earlier run has seen of a bake is in how far it came, and beginning again would forget that.
  const isTakenUp = (step.kind === 'bake' || step.kind === 'approve') && begun.includes(step.id);
  if (!isTakenUp) await record('begin', { type: 'step-started', step: step.id });
  try {
    const detail = await carryOut(step, run);
    await record('finish', {
      type: 'step-finished',
      step: step.id,
      ...(detail === undefined ? {} : { detail }),
    });
  } catch (error) {
    const reason = failureOf(error);
    if (reason === undefined) throw error;
    await record('fail', { type: 'step-failed', step: step.id, reason });
    // What a rollback put back is live and healthy: people are told what is wrong with it, and it stays.
    if (!isRollback || error instanceof ServiceReplaced) throw error;
  }
}

function stepRun(
  context: JobContext<DeployInput>,
  { step, plan, title, limits, isRollback, baselines, knowsLiveIsDown, tell }: OneStep,
  world: World,
): StepRun {
  const { deployment, service, environment } = context.input;
  const target: Target = { service, environment, region: step.region };
  const run: StepRun = {
    context,
    ...{ world, deployment, tell: tell(step.id) },
    ...{ target, release: plan.to, plan, title, limits, baselines, knowsLiveIsDown },
    resumedAt: 0,
    settled: async (name, call) => {
      const { value, resumedAt } = await settled(
        context,
        { name: `${step.id}: ${name}`, plan, title, call, ...(isRollback ? { tell: run.tell } : {}) },
        world,
      );
      run.resumedAt = resumedAt ?? run.resumedAt;
      return value;
    },
    progress: async (name, progress) => {
      await run.record(name, [{ type: 'step-progressed', step: step.id, progress }]);
    },
    record: (name, events, { expect = 'any', ...why } = {}) =>
      context.commit(`${step.id}: ${name}`, [{ kind: 'append', deployment, expect, events, ...why }]),
  };
  return run;
}

/** Why a step failed, where it is the step that did: anything else ends the run. */
function failureOf(error: unknown): string | undefined {
  if (error instanceof StepFailed || error instanceof ServiceReplaced) return error.message;
  return faultOf(error);
}
