import { isFinished } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import type { DeadManSwitch } from '../src/ports/dead-man-switch.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import { type Platform, PlatformUnavailable } from '../src/ports/platform.ts';
import { OperationFailed } from './engine/engine.ts';
import type { World } from './world.ts';

/** The deployment has ended while its run still worked, since a person took over: nothing more may be done. */
class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

export function isTakenOver(error: unknown): boolean {
  return error instanceof OperationFailed && error.errorName === 'TakenOver';
}

/** The world, in which nothing is done to a service any more once its deployment has ended. */
export function obedient(world: World, deployment: number): World {
  const { platform, metrics, deadMan, store } = world;
  const obeying = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    const state = await store.deployment(deployment).catch((error: unknown) => {
      throw new PlatformUnavailable(`Forge could not read its own records: ${messageOf(error)}`);
    });
    if (state !== undefined && isFinished(state)) throw new TakenOver(`#${deployment} has ended.`);
    return call();
  };
  const obedientPlatform: Platform = {
    live: (target, options) => obeying(() => platform.live(target, options)),
    start: (target, request, options) => obeying(() => platform.start(target, request, options)),
    restore: (target, request, options) => obeying(() => platform.restore(target, request, options)),
    health: (target, request, options) => obeying(() => platform.health(target, request, options)),
    runningImages: (target, request, options) =>
      obeying(() => platform.runningImages(target, request, options)),
    traffic: (target, options) => obeying(() => platform.traffic(target, options)),
    setTraffic: (target, split, options) => obeying(() => platform.setTraffic(target, split, options)),
    tasks: (target, on, options) => obeying(() => platform.tasks(target, on, options)),
    scale: (target, request, options) => obeying(() => platform.scale(target, request, options)),
    autoscaling: (target, request, options) => obeying(() => platform.autoscaling(target, request, options)),
  };
  const obedientMetrics: Metrics = {
    measure: (target, request, options) => obeying(() => metrics.measure(target, request, options)),
  };
  const obedientDeadMan: DeadManSwitch = {
    arm: (target, request, options) => obeying(() => deadMan.arm(target, request, options)),
    extend: (target, request, options) => obeying(() => deadMan.extend(target, request, options)),
    disarm: (target, options) => obeying(() => deadMan.disarm(target, options)),
    read: (target, options) => obeying(() => deadMan.read(target, options)),
  };
  return {
    ...world,
    platform: obedientPlatform,
    metrics: obedientMetrics,
    deadMan: obedientDeadMan,
  };
}
