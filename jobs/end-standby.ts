import { hasEffects, type StandbyState } from '../src/domain/deployment.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Target } from '../src/domain/release.ts';
import { otherColour } from '../src/domain/traffic.ts';
import { isAllOn } from '../src/domain/whose-split.ts';
import { type JobContext, OperationFailed } from './engine/engine.ts';
import { platformCall } from './platform-call.ts';
import { oldWeightsLast } from './returning/old-weights.ts';
import { keepLonger } from './standby-changes.ts';
import { readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type EndStandbyInput = { deployment: number; region: string };

/** A standby that cannot be ended now is kept so much longer. Milliseconds. */
const LONGER = 5 * 60_000;

type Seen =
  /** It has ended already, or its deployment is being taken back and needs it. */
  | { kind: 'over' }
  | { kind: 'kept'; standby: StandbyState; target: Target; isArmable: boolean; isBusy: boolean };
type Kept = Extract<Seen, { kind: 'kept' }>;

/** `reason`: why it ended without being scaled to 0. */
type Ended = { kind: 'ended'; reason?: string } | { kind: 'over' } | { kind: 'later' };

/**
 * Ends a standby whose time is over: its colour is scaled to 0 when nothing can need it. What cannot be proven now is tried
 * again later, in a run of its own: this one holds the key of the place, and no deployment may wait for it.
 */
export async function endStandby(context: JobContext<EndStandbyInput>, world: World): Promise<void> {
  const { deployment, region } = context.input;
  const read = () => seeStandby(context.input, world);
  const seen = await context.operation('see whether it is still there', read, { retry: readAgain });
  if (seen.kind === 'over') return;
  const ended: Ended = seen.isBusy ? { kind: 'later' } : await end(context, seen, world);
  if (ended.kind === 'over') return;
  if (ended.kind === 'later') {
    const until = (await context.now()) + LONGER;
    const { service, environment } = seen.target;
    const place = { number: deployment, service, environment };
    await context.commit('keep it longer', keepLonger(place, region, { ...seen.standby, until }));
    return;
  }
  const reason = ended.reason === undefined ? {} : { reason: ended.reason };
  await context.commit('ended', [
    {
      ...({ kind: 'append', deployment, expect: 'any' } as const),
      events: [{ type: 'standby-ended', region, ...reason }],
    },
  ]);
}

async function seeStandby({ deployment, region }: EndStandbyInput, { store }: World): Promise<Seen> {
  const state = await store.deployment(deployment);
  const standby = state?.standby[region];
  if (state === undefined || standby === undefined || isOver(state, standby)) return { kind: 'over' };
  const { service, environment, plan } = state;
  const others = await store.unfinished({ service, environment });
  return {
    kind: 'kept',
    standby,
    target: { service, environment, region },
    isArmable: plan.steps.some(({ kind, region: of }) => kind === 'arm' && of === region),
    isBusy: others.some(hasEffects),
  };
}

function isOver(
  { undoingBy, undoneBy }: { undoingBy?: number; undoneBy?: number },
  { endedAt }: StandbyState,
): boolean {
  return endedAt !== undefined || undoingBy !== undefined || undoneBy !== undefined;
}

async function end(
  context: JobContext<EndStandbyInput>,
  { standby, target, isArmable }: Kept,
  world: World,
): Promise<Ended> {
  try {
    const call = (reached: World, signal: AbortSignal) =>
      scaleToNothing(context.input, { standby, target, isArmable }, reached, signal);
    const ended = await platformCall<Ended>(context, 'end it', call, world);
    return ended.kind === 'done' ? ended.value : { kind: 'later' };
  } catch (error) {
    // A fault of an adapter, which may pass; an abort is another error.
    if (!(error instanceof OperationFailed)) throw error;
    return { kind: 'later' };
  }
}

async function scaleToNothing(
  input: EndStandbyInput,
  { standby, target, isArmable }: Pick<Kept, 'standby' | 'target' | 'isArmable'>,
  world: World,
  signal: AbortSignal,
): Promise<Ended> {
  const { platform, deadMan } = world;
  const { on } = standby;
  const [{ rules }, isQuiet, armed] = await Promise.all([
    platform.traffic(target, { signal }),
    hasNoRequests({ target, standby }, world, signal),
    isArmable ? deadMan.read(target, { signal }) : ('gone' as const),
  ]);
  if (isAllOn(on, rules)) return { kind: 'ended', reason: 'somebody else sent the traffic there' };
  if (!isAllOn(otherColour(on), rules) || !isQuiet || armed !== 'gone') return { kind: 'later' };
  if (!(await isLongConfirmed(target, world))) return { kind: 'later' };
  // A rollback may have been asked for meanwhile: from here on it finds the colour smaller, and waits for this to end.
  if ((await seeStandby(input, world)).kind === 'over') return { kind: 'over' };
  signal.throwIfAborted();
  await platform.autoscaling(target, { on, mode: 'off' }, { signal });
  await platform.scale(target, { on, desired: 0 }, { signal });
  return { kind: 'ended' };
}

async function isLongConfirmed(target: Target, { store, clock, policy }: World): Promise<boolean> {
  const record = await store.traffic(target);
  const since = record?.confirmedAt ?? record?.intendedAt ?? 0;
  return clock.now() - since >= oldWeightsLast(policy);
}

async function hasNoRequests(
  { target, standby }: { target: Target; standby: StandbyState },
  { metrics, clock, policy }: World,
  signal: AbortSignal,
): Promise<boolean> {
  const { from, until, periodSeconds } = lastBuckets(clock.now(), policy);
  const measured = await metrics.measure(target, { from, until, periodSeconds }, { signal });
  return measured[standby.on].requests.every(({ value }) => value === 0);
}

/** The newest two buckets that are all there. Milliseconds since the epoch. */
function lastBuckets(
  now: number,
  { timing }: Policy,
): { from: number; until: number; periodSeconds: number } {
  const { metricPeriod, metricDelay } = timing;
  const until = Math.floor((now - metricDelay) / metricPeriod) * metricPeriod;
  return { from: until - 2 * metricPeriod, until, periodSeconds: metricPeriod / 1000 };
}
