import type { Target } from '../../src/domain/release.ts';
import type { JobContext } from '../engine/engine.ts';
import { faultOf } from '../fault-of.ts';
import { platformCall } from '../platform-call.ts';
import { disarmAndRead } from '../switch-calls.ts';
import { pause, readAgain, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { isArmed } from './look.ts';

type Request = { deployment: number; target: Target; prefix: string; tell: Tell };

/** Takes the dead-man switch of a region away, where there may be one, and proves that it is gone; however long that takes. */
export async function disarm(context: JobContext, request: Request, world: World): Promise<void> {
  const { deployment, target, prefix, tell } = request;
  const { region } = target;
  const read = async () => {
    const state = await world.store.deployment(deployment);
    return state !== undefined && isArmed(state, region);
  };
  const armed = await context.operation(`${prefix}is the switch armed?`, read, { retry: readAgain });
  if (!armed) return;
  for (let round = 1; ; round += 1) {
    const name = `${prefix}disarm ${round}`;
    const reason = await reasonItIsThere(context, { name, target }, world);
    if (reason === undefined) break;
    await tell(`${name}: blocked`, `The dead-man switch in ${region} is not gone yet: ${reason}`);
    await pause(context, { name: `${name}: pause`, round, deployment }, world);
  }
  await context.commit(`${prefix}disarmed`, [
    { kind: 'append', deployment, expect: 'any', events: [{ type: 'switch-disarmed', region }] },
  ]);
}

async function reasonItIsThere(
  context: JobContext,
  { name, target }: { name: string; target: Target },
  world: World,
): Promise<string | undefined> {
  try {
    const read = await platformCall(
      context,
      name,
      (reached, signal) => disarmAndRead(target, reached, signal),
      world,
    );
    if (read.kind !== 'done') return read.reason;
    return read.value === 'gone' ? undefined : 'it is still there after it was taken away.';
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return fault;
  }
}
