import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import type { Target } from '../src/domain/release.ts';
import type { Store } from '../src/ports/store.ts';
import { askPatiently } from './observe/patience.ts';
import { disarmAndRead, LONGEST_SWITCH_CALL } from './switch-calls.ts';
import type { World } from './world.ts';

/** How many deployments back one may have been left with a switch while no process led. */
const DEPTH = 50;

/** The newest deployments that ended with a switch that may still act, by number. */
export async function leftArmed(store: Store): Promise<number[]> {
  const newest = await store.history({ limit: DEPTH });
  return newest.filter((each) => isFinished(each) && switchesOf(each).length > 0).map(({ number }) => number);
}

/**
 * Takes the dead-man switches away of deployments that ended without that: a person has taken over, and nothing may move
 * traffic behind their back. Those that are not proven gone are given back, to be tried again. Idempotent.
 */
export async function disarmLeft(
  numbers: readonly number[],
  world: World,
  signal: AbortSignal,
): Promise<number[]> {
  const open: number[] = [];
  for (const number of numbers) {
    const deployment = await world.store.deployment(number);
    if (deployment === undefined || !isFinished(deployment)) continue;
    if (!(await isDisarmed(deployment, world, signal))) open.push(number);
  }
  return open;
}

/** Regions whose switch was never proven gone: of one that is not whole, a part may still act. */
function switchesOf({ service, environment, switches }: Deployment): Target[] {
  return Object.entries(switches).flatMap(([region, { kind }]) =>
    kind === 'disarmed' ? [] : [{ service, environment, region }],
  );
}

async function isDisarmed(deployment: Deployment, world: World, signal: AbortSignal): Promise<boolean> {
  const { clock, store } = world;
  const { number, service, environment } = deployment;
  const targets = switchesOf(deployment);
  if (targets.length === 0) return true;
  // A switch is known by its listener rule alone: by now it may be that of another deployment.
  const others = await store.unfinished({ service, environment });
  if (others.length > 0) return false;
  const limits = { clock, limit: LONGEST_SWITCH_CALL, who: 'EventBridge Scheduler' };
  for (const target of targets) {
    const read = await askPatiently((limited) => disarmAndRead(target, world, limited), limits, signal);
    if (read.kind !== 'answered' || read.value !== 'gone') return false;
    await store.commit([
      {
        ...({ kind: 'append', deployment: number, expect: 'any' } as const),
        events: [{ type: 'switch-disarmed', region: target.region }],
        by: { kind: 'job', run: 'keep-armed' },
        cause: `keep-armed/left/${target.region}`,
      },
    ]);
  }
  return true;
}
