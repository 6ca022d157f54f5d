import type { Target } from '../src/domain/release.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { DeadManSwitch } from '../src/ports/dead-man-switch.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import { type CallOptions, type Platform, PlatformUnavailable } from '../src/ports/platform.ts';
import type { SourceControl } from '../src/ports/source-control.ts';
import type { World } from './world.ts';

type Reached = Pick<World, 'platform' | 'sourceControl' | 'metrics' | 'deadMan'>;

/** What a call asks for, such as `health in eu-west-1`: silence is counted for each on its own. */
export type Ear = {
  clock: Clock;
  /** A call that got no answer for so long is given up as `PlatformUnavailable`. Milliseconds. */
  limit: number;
  onAnswer(asked: string): void;
  onSilence(asked: string): void;
};

/** The world, with an ear for AWS: no call waits for ever, and it is noticed what answers and what does not. */
export function attentive<Heard extends Reached>(world: Heard, ear: Ear): Heard {
  return {
    ...world,
    platform: attentivePlatform(world.platform, ear),
    sourceControl: attentiveSourceControl(world.sourceControl, ear),
    metrics: attentiveMetrics(world.metrics, ear),
    deadMan: attentiveDeadMan(world.deadMan, ear),
  };
}

function attentivePlatform(platform: Platform, ear: Ear): Platform {
  const hear = <Answer>(
    method: keyof Platform,
    { region }: Target,
    options: CallOptions,
    call: (options: CallOptions) => Promise<Answer>,
  ) => heard(`${method} in ${region}`, options, call, ear);
  return {
    live: (target, options) => hear('live', target, options, (limited) => platform.live(target, limited)),
    start: (target, request, options) =>
      hear('start', target, options, (limited) => platform.start(target, request, limited)),
    restore: (target, request, options) =>
      hear('restore', target, options, (limited) => platform.restore(target, request, limited)),
    health: (target, request, options) =>
      hear('health', target, options, (limited) => platform.health(target, request, limited)),
    runningImages: (target, request, options) =>
      hear('runningImages', target, options, (limited) => platform.runningImages(target, request, limited)),
    traffic: (target, options) =>
      hear('traffic', target, options, (limited) => platform.traffic(target, limited)),
    setTraffic: (target, split, options) =>
      hear('setTraffic', target, options, (limited) => platform.setTraffic(target, split, limited)),
    tasks: (target, on, options) =>
      hear('tasks', target, options, (limited) => platform.tasks(target, on, limited)),
    scale: (target, request, options) =>
      hear('scale', target, options, (limited) => platform.scale(target, request, limited)),
    autoscaling: (target, request, options) =>
      hear('autoscaling', target, options, (limited) => platform.autoscaling(target, request, limited)),
  };
}

function attentiveMetrics(metrics: Metrics, ear: Ear): Metrics {
  return {
    measure: (target, request, options) =>
      heard(
        `measure in ${target.region}`,
        options,
        (limited) => metrics.measure(target, request, limited),
        ear,
      ),
  };
}

function attentiveDeadMan(deadMan: DeadManSwitch, ear: Ear): DeadManSwitch {
  const hear = <Answer>(
    method: keyof DeadManSwitch,
    { region }: Target,
    options: CallOptions,
    call: (options: CallOptions) => Promise<Answer>,
  ) => heard(`${method} in ${region}`, options, call, ear);
  return {
    arm: (target, request, options) =>
      hear('arm', target, options, (limited) => deadMan.arm(target, request, limited)),
    extend: (target, request, options) =>
      hear('extend', target, options, (limited) => deadMan.extend(target, request, limited)),
    disarm: (target, options) =>
      hear('disarm', target, options, (limited) => deadMan.disarm(target, limited)),
    read: (target, options) => hear('read', target, options, (limited) => deadMan.read(target, limited)),
  };
}

function attentiveSourceControl(sourceControl: SourceControl, ear: Ear): SourceControl {
  return {
    resolve: (request, options) =>
      heard('resolve', options, (limited) => sourceControl.resolve(request, limited), ear),
    recent: (request, options) =>
      heard('recent', options, (limited) => sourceControl.recent(request, limited), ear),
    describe: (request, options) =>
      heard('describe', options, (limited) => sourceControl.describe(request, limited), ear),
    image: (request, options) =>
      heard('image', options, (limited) => sourceControl.image(request, limited), ear),
  };
}

async function heard<Answer>(
  asked: string,
  { signal }: CallOptions,
  call: (options: CallOptions) => Promise<Answer>,
  { clock, limit, onAnswer, onSilence }: Ear,
): Promise<Answer> {
  const late = new AbortController();
  const timer = new AbortController();
  const silence = new PlatformUnavailable(`no answer within ${Math.round(limit / 1000)} seconds.`);
  clock.sleep(limit, timer.signal).then(
    () => late.abort(silence),
    () => undefined,
  );
  try {
    const answer = await call({ signal: AbortSignal.any([signal, late.signal]) });
    onAnswer(asked);
    return answer;
  } catch (thrown) {
    const error: unknown = late.signal.aborted && !signal.aborted ? silence : thrown;
    if (error instanceof PlatformUnavailable) onSilence(asked);
    throw error;
  } finally {
    timer.abort();
  }
}
