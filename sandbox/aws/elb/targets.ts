import { setTimeout as sleep } from 'node:timers/promises';
import { scaledMs, type World } from '../world.ts';
import { deregistrationDelaySeconds, type Target, type TargetGroup } from './model.ts';

export function registerTarget(world: World, group: TargetGroup, port: number): Target {
  const target: Target = {
    host: '127.0.0.1',
    port,
    isDraining: false,
    verdict: {
      state: 'initial',
      reason: 'Elb.RegistrationInProgress',
      description: 'Target registration is in progress',
    },
  };
  group.targets.push(target);
  world.changed();
  return target;
}

/** Takes the target out of turn at once; resolves when its deregistration delay is over and it is gone. */
export async function drainTarget(
  world: World,
  group: TargetGroup,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  target.isDraining = true;
  world.changed();
  await sleep(scaledMs(world, deregistrationDelaySeconds(group)), undefined, { signal });
  group.targets = group.targets.filter((other) => other !== target);
  world.changed();
}
