import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Colour, Target } from '../src/domain/release.ts';
import { isAllOn } from '../src/domain/whose-split.ts';
import type { Traffic } from '../src/ports/platform.ts';
import type { Change } from '../src/ports/store.ts';
import { disarmLeft, leftArmed } from './disarm-left.ts';
import { askPatiently } from './observe/patience.ts';
import { versionBefore } from './observe/subject.ts';
import { disarmAndRead, LONGEST_SWITCH_CALL } from './switch-calls.ts';
import type { World } from './world.ts';

/** Between two rounds where no policy names a switch. Milliseconds. */
const LONGEST_PAUSE = 60_000;

/**
 * Puts every armed dead-man switch off while Forge lives, three times within the silence that lets it act. It never sets one
 * that is not there. It takes one away where the colour it returns to has no healthy target, where AWS refuses to put it off,
 * and where a person has taken over. Runs while this process leads.
 */
export async function keepArmed(world: World, signal: AbortSignal): Promise<void> {
  let ended = await leftArmed(world.store);
  let known: number[] = [];
  for (let next = await world.store.nextNumber(); !signal.aborted; ) {
    const unfinished = await world.store.unfinished();
    const armed = unfinished.flatMap(armedOf);
    const results = await Promise.allSettled(armed.map((each) => keepOne(each, world, signal)));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (failures.length > 0) throw new AggregateError(failures, 'Not every dead-man switch could be put off');
    // One may have begun and ended between two rounds.
    const since = await world.store.nextNumber();
    const seen = new Set([...known, ...Array.from({ length: since - next }, (_, index) => next + index)]);
    next = since;
    known = unfinished.map(({ number }) => number);
    ended = await disarmLeft([...ended, ...seen.difference(new Set(known))], world, signal);
    await world.clock.sleep(pauseOf(armed, world), signal);
  }
}

type Armed = { deployment: Deployment; target: Target; to: Colour; after: number };

function armedOf(deployment: Deployment): Armed[] {
  const { service, environment, switches } = deployment;
  return Object.entries(switches).flatMap(([region, state]) => {
    if (state.kind !== 'armed') return [];
    const { to, after } = state;
    return [{ deployment, target: { service, environment, region }, to, after }];
  });
}

/** Short enough for every switch that may be armed meanwhile. */
function pauseOf(armed: readonly Armed[], { policy }: World): number {
  const times = [
    ...armed.map(({ after }) => after),
    ...policy.environments.map(({ deadMan }) => deadMan?.after),
  ];
  const shortest = Math.min(...times.map((after) => after ?? Infinity));
  return Math.min(LONGEST_PAUSE, shortest / 3);
}

async function keepOne(armed: Armed, world: World, signal: AbortSignal): Promise<void> {
  const { target, to, after } = armed;
  const { platform, deadMan, clock } = world;
  const ask = <Value>(call: (limited: AbortSignal) => Promise<Value>) =>
    askPatiently(call, { clock, limit: Math.min(LONGEST_SWITCH_CALL, after / 6), who: 'AWS' }, signal);
  const traffic = await ask((limited) => platform.traffic(target, { signal: limited }));
  const takeAway = async (reason: string) => {
    const read = await ask((limited) => disarmAndRead(target, world, limited));
    if (read.kind === 'answered' && read.value === 'gone') await note(armed, notArmed(target, reason), world);
  };
  if (traffic.kind === 'answered' && traffic.value.targets[to].healthy === 0) {
    await takeAway(`no task of ${versionBefore({ plan: armed.deployment.plan, target })} is healthy`);
    return;
  }
  const put = await ask((limited) =>
    deadMan.extend(target, { to, at: clock.now() + after }, { signal: limited }),
  );
  // It would act though Forge lives: that is worse than none, and people are told that there is none.
  if (put.kind === 'unread' && put.isRefused) await takeAway(put.reason);
  if (put.kind !== 'answered' || put.value === 'extended') return;
  // Looked at again: it may have fired since. That is for the run to say that watches the traffic; while nobody knows,
  // nothing is claimed.
  const now = await ask((limited) => platform.traffic(target, { signal: limited }));
  if (now.kind !== 'answered' || (await hasFired(armed, now.value, world))) return;
  await note(armed, notArmed(target, 'it is not there any more'), world);
}

/** One rule is enough: each has a switch of its own, and they do not act in the same moment. */
async function hasFired({ target, to }: Armed, { rules }: Traffic, { store }: World): Promise<boolean> {
  const record = await store.traffic(target);
  if (record === undefined || record.split[to] === 100) return false;
  return rules.some((rule) => isAllOn(to, [rule]));
}

function notArmed({ region }: Target, reason: string): DeploymentEvent {
  return { type: 'switch-not-armed', region, reason };
}

/** Nothing where the deployment has moved on: the next round sees what is true then. */
async function note({ deployment }: Armed, event: DeploymentEvent, { store }: World): Promise<void> {
  const { number, version } = deployment;
  const change: Change = {
    kind: 'append',
    deployment: number,
    expect: version,
    events: [event],
    by: { kind: 'job', run: 'keep-armed' },
    cause: `keep-armed/${number}/${version}`,
  };
  const current = await store.deployment(number);
  if (current !== undefined && !isFinished(current)) await store.commit([change]);
}
