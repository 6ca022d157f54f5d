import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Colour, Target } from '../../src/domain/release.ts';
import type { Progress } from '../../src/domain/step-event.ts';
import { isSameSplit, type Split, splitTo } from '../../src/domain/traffic.ts';
import type { JobChange, JobContext } from '../engine/engine.ts';
import { faultOf } from '../fault-of.ts';
import { platformCall, reasonOf } from '../platform-call.ts';
import { pause, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { decideReturn, type NextMove } from './decide-return.ts';
import { lookAtTraffic, type TrafficLook } from './look.ts';
import { moveTraffic } from './move.ts';
import { watchTargets } from './watch-targets.ts';

/** What all traffic of a target is to return to. */
export type Return = {
  deployment: number;
  target: Target;
  to: Colour;
  /** What the colour has to run, and what people call it. */
  revision: string;
  version: string;
  digest: string | null;
  /** Targets that must be healthy before traffic goes there. */
  needs: number;
  /** Tasks it is to have. */
  desired: number;
};

export type ReturnRequest = Return & {
  /** Tells its operations from others of the run. */
  prefix: string;
  progress(name: string, progress: Progress): Promise<void>;
  tell: Tell;
};

export type Returned =
  /** All traffic is there, read back. `moved`: Forge moved it, `took` milliseconds after it was decided. */
  | { kind: 'returned'; moved?: { took: number } }
  /** Somebody else set the weights; nothing was changed. */
  | { kind: 'foreign'; reason: string };

type Round = Returned | { kind: 'blocked'; reason: string };

/**
 * Brings all traffic of a target to one colour, however long that takes. Two calls to AWS one after the other before it
 * moves: one round of reads, one of writes. What is intended is recorded before, with its generation, so that a later write
 * of an earlier run is noticed and set right. Comes back without only where somebody else set the weights.
 */
export async function keepReturning(
  context: JobContext,
  request: ReturnRequest,
  world: World,
): Promise<Returned> {
  const { deployment, prefix, tell } = request;
  for (let round = 1; ; round += 1) {
    const name = `${prefix}round ${round}`;
    const returned = await tryToReturn(context, { ...request, prefix: name }, world);
    if (returned.kind !== 'blocked') return returned;
    await tell(`${name}: blocked`, returned.reason);
    await pause(context, { name: `${prefix}pause ${round}`, round, deployment }, world);
  }
}

/** Throws neither for the platform nor for a fault of an adapter: both may pass. */
async function tryToReturn(context: JobContext, request: ReturnRequest, world: World): Promise<Round> {
  try {
    return await returnTraffic(context, request, world);
  } catch (error) {
    const reason = faultOf(error);
    if (reason === undefined) throw error;
    return { kind: 'blocked', reason };
  }
}

async function returnTraffic(context: JobContext, request: ReturnRequest, world: World): Promise<Round> {
  const { deployment, target, to, needs, version, prefix } = request;
  let began: number | undefined;
  for (let look = 1; ; look += 1) {
    const name = `${prefix}: look ${look}`;
    const seen = await lookAtTraffic(context, { name, target, to, deployment }, world);
    if (seen.kind !== 'done') return { kind: 'blocked', reason: reasonOf(seen) };
    const { at, limits } = seen.value;
    began ??= at;
    const asked = { to, needs, version, deployment, region: target.region };
    const next = decideReturn(seen.value, asked);
    if (next.kind === 'there') return { kind: 'returned' };
    if (next.kind === 'foreign') return next;
    if (next.kind === 'strengthen' && at - began > limits.strengthen) {
      return { kind: 'blocked', reason: next.reason };
    }
    const done = await carryOut(
      context,
      { ...request, prefix: `${name}: ${next.kind}` },
      { next, look: seen.value },
      world,
    );
    if (done !== undefined) return done;
  }
}

/** Undefined: look again. */
async function carryOut(
  context: JobContext,
  request: ReturnRequest,
  { next, look }: { next: Extract<NextMove, { kind: 'move' | 'strengthen' }>; look: TrafficLook },
  world: World,
): Promise<Round | undefined> {
  if (next.kind === 'strengthen') return strengthen(context, request, next, world);
  const moved = await move(context, request, { split: next.split, look }, world);
  if (next.trouble !== undefined) await request.tell(`${request.prefix}: call people`, next.trouble);
  return moved;
}

async function move(
  context: JobContext,
  { deployment, target, to, prefix }: ReturnRequest,
  { split, look }: { split: Split; look: TrafficLook },
  world: World,
): Promise<Round | undefined> {
  const { region } = target;
  const before = look.traffic.split ?? look.record?.split ?? look.planned;
  const expectGeneration = look.record?.generation ?? 0;
  const generation = expectGeneration + 1;
  const intended = await context.commit(`${prefix}: intend`, [
    { kind: 'intend-traffic', target, split, before, deployment, expectGeneration },
    told(deployment, { type: 'traffic-intended', region, split, before, generation }),
  ]);
  // Somebody intended something between the look and now: look again.
  if (intended === 'conflict') return undefined;
  const moved = await moveTraffic(context, { name: `${prefix}: set`, target, split, generation }, world);
  if (moved.kind !== 'done') return { kind: 'blocked', reason: reasonOf(moved) };
  if (moved.value.kind === 'overtaken') return undefined;
  if (moved.value.kind === 'differs') {
    return {
      kind: 'blocked',
      reason: `the load balancer was told to move the traffic, and still says ${moved.value.shown}.`,
    };
  }
  const took = Math.max(0, Math.round(moved.value.at - look.decidedAt));
  await context.commit(`${prefix}: confirm`, [
    { kind: 'confirm-traffic', target, generation },
    told(deployment, { type: 'traffic-confirmed', region, split, generation, took }),
  ]);
  return isSameSplit(split, splitTo(to, 100)) ? { kind: 'returned', moved: { took } } : undefined;
}

/** Gives the colour what it lacks, and waits until more of it is healthy or the longest observation is over. */
async function strengthen(
  context: JobContext,
  request: ReturnRequest,
  next: Extract<NextMove, { kind: 'strengthen' }>,
  world: World,
): Promise<Round | undefined> {
  const { target, to, revision, digest, desired, needs, prefix } = request;
  if (next.isUrgent) await request.tell(`${prefix}: call people`, next.reason);
  const wish = { on: to, revision, desired, ...(digest === null ? {} : { digest }) };
  const sent = await platformCall(
    context,
    `${prefix}: ask for it`,
    async ({ platform }, signal) => {
      if (next.with === 'tasks') await platform.scale(target, { on: to, desired }, { signal });
      else await platform.restore(target, wish, { signal });
      return null;
    },
    world,
  );
  if (sent.kind !== 'done') return { kind: 'blocked', reason: reasonOf(sent) };
  const seen = await watchTargets(context, { name: `${prefix}: wait`, target, on: to, needs }, world);
  if (seen.kind !== 'done') return { kind: 'blocked', reason: reasonOf(seen) };
  await request.progress(`${prefix}: progress`, { done: Math.min(seen.value, needs), of: needs });
  return undefined;
}

function told(deployment: number, event: DeploymentEvent): JobChange {
  return { kind: 'append', deployment, expect: 'any', events: [event] };
}
