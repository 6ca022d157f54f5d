import type { Seen } from '../../src/domain/bake.ts';
import type { SwitchState } from '../../src/domain/deployment.ts';
import type { Baseline, ProbeRound } from '../../src/domain/gates/index.ts';
import { type RegionTimes, type TimesEvent, timesTold } from '../../src/domain/region-wait.ts';
import type { ShownGate } from '../../src/domain/shown-gate.ts';
import type { Split } from '../../src/domain/traffic.ts';
import { mayGoOn } from '../region-times.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';
import { assess } from './assess.ts';
import { ownRequests } from './own-requests.ts';
import { createSenses, type Sensed, type Silence } from './senses.ts';
import type { Subject } from './subject.ts';

/** What one observation hands to the next. Times are milliseconds since the epoch. */
export type Carried = {
  probe: ProbeRound[];
  probedAt?: number;
  silence: Silence;
  news?: string;
  kinds?: string;
};

export type Observation = {
  seen: Seen;
  gates: ShownGate[];
  carried: Carried;
  /** Version of the deployment that was seen. */
  version: number;
  /** Of the record of the target's traffic when it was seen; 0: there was none, or nothing was seen. */
  generation: number;
  /** What the load balancer says, where all rules agree. */
  split?: Split;
  /** Of the dead-man switch. */
  switch?: SwitchState['kind'];
  /** What its times mean that people do not know yet. */
  tell?: TimesEvent[];
};

export type ObserveRequest = {
  subject: Subject;
  /** Only measurements from here on count. */
  since: number;
  /** Only those from here on count for the targets of the bake. Absent: the same. */
  from?: number;
  baseline: Baseline | undefined;
  carried: Carried;
  /** Something is due then. */
  until: number;
  /** The longest it may take, in milliseconds. Absent: the policy's `observe`. */
  within?: number;
};

/** A gate alone ends an observation after so much of its time. */
const PACE = 4;

/**
 * Watches a new colour until something is news: a gate, a decision, the weights, a person's word. Comes back after
 * `within` at the latest. What does not answer is part of what is seen; throws faults and aborts only.
 */
export async function observe(
  request: ObserveRequest,
  world: World,
  signal: AbortSignal,
): Promise<Observation> {
  const { clock, policy } = world;
  const { subject, since, carried, within = policy.timing.observe } = request;
  const begun = clock.now();
  const isJudged = subject.plan.gates !== undefined && subject.weight > 0;
  const senses = createSenses(
    subject,
    { ...carried, since, isJudged, probedAt: carried.probedAt },
    world,
    signal,
  );
  for (;;) {
    const observed = await lookOnce(await senses.look(), request, world);
    const { at } = observed.seen;
    const { news, kinds } = observed.carried;
    // One gate that goes to and fro must not fill the journal.
    const isShown = kinds !== carried.kinds && at >= begun + within / PACE;
    if (at >= begun + within || request.until <= at || news !== carried.news || isShown) return observed;
    await clock.sleep(senses.tick, signal);
  }
}

async function lookOnce(
  sensed: Sensed,
  { subject, since, from = since, baseline }: ObserveRequest,
  world: World,
): Promise<Observation> {
  const { clock, store, policy } = world;
  const deployment = await requireState(subject.deployment, store);
  const times = await mayGoOn(deployment, subject.step, world);
  const tell = timesTold(deployment, times);
  const periodSeconds = policy.timing.metricPeriod / 1000;
  const own = ownRequests(subject, policy.timing);
  const known = { now: clock.now(), since, from, periodSeconds, baseline, own, deployment, times };
  const { seen, gates } = assess(subject, sensed, known);
  const { probe, probedAt, silence, traffic } = sensed;
  const { split, record } = traffic?.kind === 'answered' ? traffic.value : {};
  const armed = deployment.switches[subject.target.region];
  return {
    seen,
    gates,
    carried: {
      probe,
      silence,
      news: newsOf(seen, times),
      kinds: kindsOf(gates, seen),
      ...(probedAt === undefined ? {} : { probedAt }),
    },
    version: deployment.version,
    generation: record?.generation ?? 0,
    ...(split === undefined ? {} : { split }),
    ...(armed === undefined ? {} : { switch: armed.kind }),
    ...(tell.length === 0 ? {} : { tell }),
  };
}

/** Whatever makes a difference to what happens next; numbers alone do not. */
function newsOf(
  { isHeld, isPaused, isSkipped, judgement, traffic, targets, silent }: Seen,
  times: RegionTimes,
): string {
  const { next = -1, wanted = 0, live = -1, usual = 0 } = targets ?? {};
  return JSON.stringify([
    ...[isHeld, isPaused, isSkipped, judgement.decision, traffic.kind],
    ...[next >= wanted, wanted >= usual, next > 0, live > 0, silent !== undefined],
    ...(times.kind === 'open' ? [] : [times]),
  ]);
}

/** What people see change besides. */
function kindsOf(gates: readonly ShownGate[], { result }: Seen): string {
  return JSON.stringify([result.kind, ...gates.map(({ gate, kind }) => `${gate} ${kind}`)]);
}
