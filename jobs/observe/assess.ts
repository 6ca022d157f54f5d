import type { Seen } from '../../src/domain/bake.ts';
import { type Deployment, mayHaveActed } from '../../src/domain/deployment.ts';
import {
  type BakeResult,
  type Baseline,
  type Judgement,
  judgeTargets,
  judgeTriggers,
  type Measurements,
} from '../../src/domain/gates/index.ts';
import type { RegionTimes } from '../../src/domain/region-wait.ts';
import type { Colour } from '../../src/domain/release.ts';
import type { ShownGate } from '../../src/domain/shown-gate.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import { foreignWords, whoseSplit } from '../../src/domain/whose-split.ts';
import { nothing } from './measure.ts';
import { type OwnRequests, withoutOwn } from './own-requests.ts';
import type { Sensed } from './senses.ts';
import { shownGates } from './shown-gates.ts';
import { plannedSplit, type Subject, wantedTargets } from './subject.ts';

type Known = {
  now: number;
  since: number;
  /** Of the targets. */
  from: number;
  periodSeconds: number;
  baseline: Baseline | undefined;
  own: OwnRequests;
  deployment: Deployment;
  /** Whether it may go on in the region now. */
  times: RegionTimes;
};

export type Assessed = { seen: Seen; gates: ShownGate[] };

/** What the senses say, judged. Pure. */
export function assess(subject: Subject, sensed: Sensed, known: Known): Assessed {
  const { now, deployment, times } = known;
  const { judgement, result } = judged(subject, sensed, known);
  const because = (text: string | undefined) => (text === undefined ? {} : { because: text });
  const targets = targetsOf(subject, sensed);
  const silent = silentOf(sensed);
  return {
    gates: shownGates(judgement.readings, result.readings),
    seen: {
      at: now,
      isHeld: deployment.phase.kind === 'held',
      isPaused: deployment.paused !== undefined || times.kind === 'hold',
      ...(times.kind === 'roll-back' ? { closed: times.reason } : {}),
      isSkipped: deployment.skipped.includes(subject.step),
      judgement: { decision: judgement.decision, ...because(judgement.because) },
      result: {
        kind: result.kind,
        ...because(result.because),
        ...(result.isShared ? { isShared: true } : {}),
      },
      traffic: trafficOf(subject, sensed, known),
      ...(targets === undefined ? {} : { targets }),
      ...(silent === undefined ? {} : { silent }),
    },
  };
}

/** Before the new colour has any traffic, and of a plan without gates, there is nothing to judge. */
const unjudged: { judgement: Judgement; result: BakeResult } = {
  judgement: { readings: [], decision: 'go-on-watching' },
  result: { readings: [], kind: 'passed' },
};

function judged(
  subject: Subject,
  sensed: Sensed,
  known: Known,
): { judgement: Judgement; result: BakeResult } {
  const { gates } = subject.plan;
  if (gates === undefined || subject.weight === 0) return unjudged;
  const measurements = measurementsOf(subject, sensed, known);
  const customers = ofCustomers(measurements, known.own);
  const { since, from } = known;
  return {
    judgement: judgeTriggers(measurements, gates, since),
    result: judgeTargets(from === since ? customers : withoutPercentiles(customers), gates, from),
  };
}

/** The percentiles of a whole window are of all of it: where less counts, those of its buckets do. */
function withoutPercentiles({ next, live, ...others }: Measurements): Measurements {
  const { windowP95Ms: _p95, windowP99Ms: _p99, ...ofNext } = next;
  const { windowP95Ms: _liveP95, windowP99Ms: _liveP99, ...ofLive } = live;
  return { ...others, next: ofNext, live: ofLive };
}

function measurementsOf(subject: Subject, sensed: Sensed, known: Known): Measurements {
  const { now, periodSeconds, baseline, since } = known;
  const { measured, traffic, probe } = sensed;
  const wanted = wantedTargets(subject);
  const targets = targetsOf(subject, sensed);
  const metrics = measured?.kind === 'unread' ? { metrics: measured.reason } : {};
  const health = traffic?.kind === 'unread' ? { targets: traffic.reason } : {};
  return {
    ...nothing,
    visibleUntil: since,
    ...(measured?.kind === 'answered' ? measured.value : {}),
    ...{ now, periodSeconds, probe },
    ...(baseline === undefined ? {} : { baseline }),
    targets: {
      next: { healthy: targets?.next ?? 0, wanted: targets?.wanted ?? wanted },
      live: { healthy: targets?.live ?? 0, wanted },
    },
    unread: { ...metrics, ...health },
  };
}

/** What a bake passes by: Forge's own requests are no evidence. What it fails by is what the load balancer says. */
function ofCustomers({ next, live, ...others }: Measurements, own: OwnRequests): Measurements {
  return { ...others, next: withoutOwn(next, own.next), live: withoutOwn(live, own.live) };
}

function targetsOf(subject: Subject, { traffic }: Sensed): Seen['targets'] {
  if (traffic?.kind !== 'answered') return undefined;
  const { targets } = traffic.value;
  const live = targets[otherColour(subject.to)].healthy;
  const { wanted, usual } = traffic.value;
  return { next: targets[subject.to].healthy, wanted, live, usual };
}

function silentOf({ silence, measured, traffic }: Sensed): Seen['silent'] {
  const since = Math.min(silence.metrics ?? Infinity, silence.traffic ?? Infinity);
  const silent = [traffic, measured].find((answer) => answer?.kind === 'unread');
  if (since === Infinity || silent?.kind !== 'unread') return undefined;
  const why = silent.reason.endsWith('.') ? silent.reason : `${silent.reason}.`;
  return { since, reason: `since ${clockTime(since)} nobody can tell how it does: ${why}` };
}

function trafficOf(subject: Subject, { traffic }: Sensed, { deployment }: Known): Seen['traffic'] {
  if (traffic?.kind !== 'answered') return { kind: 'ours' };
  const { target, title } = subject;
  const { record } = traffic.value;
  const context = { record, deployment: subject.deployment, planned: plannedSplit(subject) };
  const whose = whoseSplit({
    ...context,
    rules: traffic.value.rules,
    isArmed: mayHaveActed(deployment.switches[target.region]),
  });
  switch (whose.kind) {
    case 'ours':
    case 'unconfirmed':
      return { kind: 'ours' };
    case 'safe':
      return { kind: 'fired' };
    case 'foreign': {
      const versions = versionsOf(subject);
      const place = { title, region: target.region, versions };
      const { shown } = whose;
      return { kind: 'foreign', words: foreignWords({ ...context, shown }, place), shown };
    }
  }
}

function versionsOf({ plan, target }: Subject): Partial<Record<Colour, string>> {
  const live = plan.from[target.region];
  if (live === undefined || live.place === 'only') return {};
  return { [live.place]: live.version, [otherColour(live.place)]: plan.to.version };
}

/** `14:02 UTC`. */
export function clockTime(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
