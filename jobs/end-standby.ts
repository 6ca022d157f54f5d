import { hasEffects, type StandbyState } from '../src/domain/deployment.ts';
import type { Json } from '../src/domain/json.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Target } from '../src/domain/release.ts';
import { otherColour } from '../src/domain/traffic.ts';
import { isAllOn } from '../src/domain/whose-split.ts';
import { type JobContext, OperationFailed } from './engine/engine.ts';
import { type Call, platformCall } from './platform-call.ts';
import { oldWeightsLast } from './returning/old-weights.ts';
import { keepLonger } from './standby-changes.ts';
import { readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type EndStandbyInput = {
  deployment: number;
  region: string;
  /** It has ended already, and AWS did not say that its tasks are gone: so many tries came before. */
  tries?: number;
};

type Seen =
  /** It has ended already, or somebody else uses its colour now. */
  | { kind: 'over' }
  | {
      kind: 'kept';
      standby: StandbyState;
      target: Target;
      isArmable: boolean;
      isBusy: boolean;
      /** What cannot be done now is tried again so much later: AWS may have as long again to come back, twice over. Milliseconds. */
      later: number;
    };
type Kept = Extract<Seen, { kind: 'kept' }>;

/** `taken`: somebody else sent the traffic there. `free`: nothing needs the colour. */
type Checked = { kind: 'taken' | 'over' | 'later' | 'free' };

/**
 * Ends a standby whose time is over: its colour is scaled to 0 when nothing can need it. What cannot be proven or done now
 * is tried again later, in a run of its own: this one holds the key of the place, and no deployment may wait for it. That
 * it has ended is recorded before anything is scaled down: nobody is promised tasks that may be on their way out.
 */
export async function endStandby(context: JobContext<EndStandbyInput>, world: World): Promise<void> {
  const { deployment, region, tries } = context.input;
  const read = () => seeStandby(context.input, world);
  const seen = await context.operation('see whether it is still there', read, { retry: readAgain });
  if (seen.kind === 'over') return;
  const checked = seen.isBusy ? 'later' : await check(context, seen, world);
  switch (checked) {
    case 'over':
      return;
    case 'taken':
      if (tries === undefined) await recordEnd(context, 'somebody else sent the traffic there');
      return;
    case 'later':
      if (tries !== undefined) return tryAgainLater(context, seen);
      return keepItLonger(context, { deployment, region }, seen);
    case 'free':
      if (tries === undefined) await recordEnd(context);
      if (!(await scaleToNothing(context, seen, world))) await tryAgainLater(context, seen);
  }
}

async function recordEnd(context: JobContext<EndStandbyInput>, reason?: string): Promise<void> {
  const { deployment, region } = context.input;
  const ended = { type: 'standby-ended', region, ...(reason === undefined ? {} : { reason }) } as const;
  await context.commit('ended', [{ kind: 'append', deployment, expect: 'any', events: [ended] }]);
}

async function keepItLonger(
  context: JobContext<EndStandbyInput>,
  { deployment, region }: EndStandbyInput,
  { target, standby, later }: Kept,
): Promise<void> {
  const until = (await context.now()) + later;
  const { service, environment } = target;
  const place = { number: deployment, service, environment };
  await context.commit('keep it longer', keepLonger(place, region, { ...standby, until }));
}

async function tryAgainLater(
  context: JobContext<EndStandbyInput>,
  { target: { service, environment }, later }: Kept,
): Promise<void> {
  const { tries = 0 } = context.input;
  const input = { ...context.input, tries: tries + 1 };
  const id = `${tries === 0 ? context.runId : context.runId.replace(/\/again-\d+$/u, '')}/again-${tries + 1}`;
  const at = (await context.now()) + later;
  const key = `${service}/${environment}`;
  await context.commit('try again later', [{ kind: 'start-run', id, job: 'end-standby', input, key, at }]);
}

async function seeStandby(
  { deployment, region, tries }: EndStandbyInput,
  { store, policy }: World,
): Promise<Seen> {
  const state = await store.deployment(deployment);
  const standby = state?.standby[region];
  if (state === undefined || standby === undefined) return { kind: 'over' };
  if (isUsed(state) || (standby.endedAt !== undefined && tries === undefined)) return { kind: 'over' };
  const { service, environment, plan } = state;
  const others = await store.unfinished({ service, environment });
  // Once it has ended nothing keeps others from using the colour, and then it is theirs to scale.
  if (tries !== undefined && (state.replacedBy !== undefined || others.some(hasEffects))) {
    return { kind: 'over' };
  }
  return {
    kind: 'kept',
    standby,
    target: { service, environment, region },
    isArmable: plan.steps.some(({ kind, region: of }) => kind === 'arm' && of === region),
    isBusy: others.some(hasEffects),
    later: 2 * policy.timing.silence,
  };
}

function isUsed({ undoingBy, undoneBy }: { undoingBy?: number; undoneBy?: number }): boolean {
  return undoingBy !== undefined || undoneBy !== undefined;
}

async function check(
  context: JobContext<EndStandbyInput>,
  seen: Kept,
  world: World,
): Promise<Checked['kind']> {
  const { input } = context;
  const checked = await tried<Checked>(context, 'see that nothing needs it', world, (reached, signal) =>
    needOf(input, seen, reached, signal),
  );
  return checked?.kind ?? 'later';
}

/** Undefined: AWS did not answer, or an adapter had a fault, which may pass. */
async function tried<Value extends Json>(
  context: JobContext<EndStandbyInput>,
  name: string,
  world: World,
  call: Call<Value>,
): Promise<Value | undefined> {
  try {
    const outcome = await platformCall<Value>(context, name, call, world);
    return outcome.kind === 'done' ? outcome.value : undefined;
  } catch (error) {
    // An abort is another error.
    if (!(error instanceof OperationFailed)) throw error;
    return undefined;
  }
}

async function needOf(
  input: EndStandbyInput,
  { standby, target, isArmable }: Kept,
  world: World,
  signal: AbortSignal,
): Promise<Checked> {
  const { platform, deadMan } = world;
  const { on } = standby;
  const [{ rules }, isQuiet, armed] = await Promise.all([
    platform.traffic(target, { signal }),
    hasNoRequests({ target, standby }, world, signal),
    isArmable ? deadMan.read(target, { signal }) : ('gone' as const),
  ]);
  if (isAllOn(on, rules)) return { kind: 'taken' };
  if (!isAllOn(otherColour(on), rules) || !isQuiet || armed !== 'gone') return { kind: 'later' };
  if (!(await isLongConfirmed(target, world))) return { kind: 'later' };
  // A rollback may have been asked for meanwhile: it finds the colour as it is, and waits for this to end.
  return (await seeStandby(input, world)).kind === 'over' ? { kind: 'over' } : { kind: 'free' };
}

/** False: nobody knows how far it came. */
async function scaleToNothing(
  context: JobContext<EndStandbyInput>,
  { standby: { on }, target }: Kept,
  world: World,
): Promise<boolean> {
  const done = await tried(context, 'scale it to nothing', world, async ({ platform }, signal) => {
    await platform.autoscaling(target, { on, mode: 'off' }, { signal });
    await platform.scale(target, { on, desired: 0 }, { signal });
    return true;
  });
  return done === true;
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
