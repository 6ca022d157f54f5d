import type { ShownGate } from '../../src/domain/shown-gate.ts';
import type { Progress } from '../../src/domain/step-event.ts';
import type { JobContext } from '../engine/engine.ts';
import { type Observation, observe } from '../observe/observe.ts';
import type { Subject } from '../observe/subject.ts';
import { requireState } from '../require-state.ts';
import { pause, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { keepReturning, type Return } from './keep-returning.ts';

type Request = Return & {
  prefix: string;
  seconds: number;
  progress(name: string, progress: Progress): Promise<void>;
  tell: Tell;
  /** Records what the gates say. Absent: nobody looks at them here. */
  gates?(name: string, gates: ShownGate[]): Promise<void>;
};

/**
 * Watches the colour that traffic returned to for a while, under the gates of the plan. A write of an earlier try that
 * arrives late is set right. Where the release that is back is not well either, people are told: there is none left to go
 * to. Gives a detail for people.
 */
export async function watchReturned(context: JobContext, request: Request, world: World): Promise<string> {
  const { prefix, seconds, deployment, tell } = request;
  const begin = await beginning(context, request, world);
  const until = begin.at + seconds * 1000;
  let carried: Observation['carried'] = { probe: [], silence: {} };
  let trouble: string | undefined;
  for (let round = 1; ; round += 1) {
    const name = `${prefix}watch ${round}`;
    const { subject, since } = begin;
    const asked = { subject, since, from: since, baseline: undefined, carried, until };
    const observed = await context.operation(name, ({ signal }) =>
      observe({ ...asked, within: world.policy.timing.observe }, world, signal),
    );
    const { seen, gates } = observed;
    carried = observed.carried;
    if (seen.traffic.kind !== 'ours') {
      const returned = await keepReturning(context, { ...request, prefix: `${name}: ` }, world);
      if (returned.kind === 'foreign') return returned.reason;
    }
    const ill = illnessOf(observed, request);
    if (ill !== undefined) await tell(`${name}: not well`, ill);
    trouble = ill ?? trouble;
    await request.gates?.(`${name}: gates`, gates);
    if (seen.at >= until) return trouble ?? `nothing unusual in ${durationOf(seconds)}`;
    const done = Math.max(0, Math.floor((seen.at - begin.at) / 1000));
    await request.progress(`${name}: progress`, { done, of: Math.ceil(seconds), unit: 'seconds' });
    if (seen.silent !== undefined) {
      await pause(context, { name: `${name}: pause`, round: 1, deployment }, world);
    }
  }
}

type Beginning = { at: number; since: number; subject: Subject };

/** Only measurements count that began when the weights had settled. */
function beginning(
  context: JobContext,
  { prefix, deployment, target, to }: Request,
  { store, clock, policy }: World,
): Promise<Beginning> {
  return context.operation(`${prefix}begin to watch`, async () => {
    const state = await requireState(deployment, store);
    const at = clock.now();
    const moved = state.traffic[target.region]?.confirmedAt ?? at;
    // What the plan's smoke tests ask for is the release that was taken away.
    const plan = { ...state.plan, steps: [] };
    const subject = { deployment, plan, target, title: target.service, step: '', to, weight: 100 };
    return { at, since: moved + policy.timing.settle, subject };
  });
}

function illnessOf({ seen }: Observation, { version, target, to }: Request): string | undefined {
  const is = `${version} is back in ${target.region} (${to}) and`;
  if (seen.targets !== undefined && seen.targets.next === 0) {
    return `${is} none of its tasks passes the load balancer's health check.`;
  }
  const { decision, because = 'its measurements are over their limits' } = seen.judgement;
  if (decision !== 'go-on-watching') return `${is} is not well either: ${because}`;
  return seen.silent === undefined ? undefined : `${is} ${seen.silent.reason}`;
}

function durationOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
