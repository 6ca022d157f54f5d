import type { ProbeRound } from '../../src/domain/gates/index.ts';
import { otherColour, type TrafficRecord } from '../../src/domain/traffic.ts';
import type { Traffic } from '../../src/ports/platform.ts';
import type { World } from '../world.ts';
import { type Measured, measureSince } from './measure.ts';
import { type Answer, askPatiently } from './patience.ts';
import { probeRound, withRound } from './probe-round.ts';
import type { Subject } from './subject.ts';

/** What is known so far: the newest answer of each sense. Times are milliseconds since the epoch. */
export type Sensed = {
  probe: ProbeRound[];
  probedAt: number | undefined;
  traffic: Answer<SeenTraffic> | undefined;
  measured: Answer<Measured> | undefined;
  /** Since when each has not answered. */
  silence: Silence;
};

export type SeenTraffic = Traffic & {
  /** Tasks the new colour is to have. */
  wanted: number;
  /** Tasks the colour it replaces is to have: auto scaling may give it more at any time. */
  usual: number;
  /** What Forge wanted when this was seen: against anything else a move that was under way would look like somebody else's. */
  record: TrafficRecord | undefined;
};

export type Silence = { metrics?: number; traffic?: number };

type Senses = {
  /** Asks whatever is due, side by side, and comes back when all have answered or are given up. */
  look(): Promise<Sensed>;
  /** Between two looks. Milliseconds. */
  readonly tick: number;
};

/** A look at the platform waits at most so long for it. Milliseconds. */
const LONGEST_CALL = 10_000;

/** Asks probe, load balancer and metrics, each at its own pace. */
export function createSenses(
  subject: Subject,
  known: {
    since: number;
    isJudged: boolean;
    probe: readonly ProbeRound[];
    probedAt: number | undefined;
    silence: Silence;
  },
  world: World,
  signal: AbortSignal,
): Senses {
  const { clock, policy } = world;
  const { poll, probe: probeEvery, metricPeriod, observe } = policy.timing;
  const { target, to } = subject;
  const limit = Math.min(LONGEST_CALL, Math.max(2_000, observe / 2));
  const sensed: Sensed = {
    probe: [...known.probe],
    probedAt: known.probedAt,
    traffic: undefined,
    measured: undefined,
    silence: { ...known.silence },
  };
  const trafficDue = createPace(2 * poll);
  const metricsDue = createPace(Math.max(metricPeriod / 2, poll));

  async function tryOut(now: number): Promise<void> {
    if (sensed.probedAt !== undefined && now < sensed.probedAt + probeEvery) return;
    sensed.probedAt = now;
    const round = await probeRound({ subject, isSettled: now >= known.since }, world, signal);
    if (round !== undefined) sensed.probe = withRound(sensed.probe, round);
  }

  async function seeTraffic(now: number): Promise<void> {
    if (!trafficDue(now)) return;
    const ask = (limited: AbortSignal) => trafficAndTasks(subject, world, limited);
    sensed.traffic = await askPatiently(ask, { clock, limit, who: 'The load balancer' }, signal);
    sensed.silence = silenceAfter(sensed.silence, 'traffic', sensed.traffic, now);
  }

  async function measure(now: number): Promise<void> {
    if (!known.isJudged || now < known.since || !metricsDue(now)) return;
    const ask = (limited: AbortSignal) => measureSince({ target, to, since: known.since }, world, limited);
    sensed.measured = await askPatiently(ask, { clock, limit, who: 'CloudWatch' }, signal);
    sensed.silence = silenceAfter(sensed.silence, 'metrics', sensed.measured, now);
  }

  return {
    tick: Math.min(1_000, poll, probeEvery),
    async look() {
      const now = clock.now();
      await Promise.all([tryOut(now), seeTraffic(now), measure(now)]);
      signal.throwIfAborted();
      return sensed;
    },
  };
}

/** Looks again when Forge itself has moved traffic while it looked. */
async function trafficAndTasks(
  { target, to }: Subject,
  { platform, store }: World,
  signal: AbortSignal,
): Promise<SeenTraffic> {
  for (;;) {
    const record = await store.traffic(target);
    const [traffic, next, live] = await Promise.all([
      platform.traffic(target, { signal }),
      platform.tasks(target, to, { signal }),
      platform.tasks(target, otherColour(to), { signal }),
    ]);
    const after = await store.traffic(target);
    const isSame = record?.generation === after?.generation && record?.confirmedAt === after?.confirmedAt;
    if (isSame) return { ...traffic, wanted: Math.max(1, next.desired), usual: live.desired, record };
  }
}

/** Whether it is time again, at the first call and then every so many milliseconds. */
function createPace(every: number): (now: number) => boolean {
  let due = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now < due) return false;
    due = now + every;
    return true;
  };
}

function silenceAfter(
  silence: Silence,
  sense: keyof Silence,
  { kind }: Answer<unknown>,
  now: number,
): Silence {
  const { [sense]: since = now, ...others } = silence;
  return kind === 'answered' ? others : { ...others, [sense]: since };
}
