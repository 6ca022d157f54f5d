import type { Colour, Target } from '../../src/domain/release.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import { isAllOn, shownOf } from '../../src/domain/whose-split.ts';
import type { JobContext } from '../engine/engine.ts';
import { faultOf } from '../fault-of.ts';
import { platformCall, reasonOf } from '../platform-call.ts';
import { pause, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { disarm } from './disarm.ts';
import { oldWeightsLast } from './old-weights.ts';

type Request = {
  deployment: number;
  target: Target;
  /** The colour that has lost its traffic. */
  on: Colour;
  prefix: string;
  tell: Tell;
};

/**
 * Scales the colour that lost its traffic to 0, once the switch that may move traffic is gone and its weight has been 0 for
 * so long that no part of the load balancer goes by an older one; the colour that has the traffic is scaled as its policies
 * say again. However long that takes. Requests are not counted: a bad release is not kept for want of metrics.
 */
export async function retire(context: JobContext, request: Request, world: World): Promise<string> {
  const { deployment, target, on, prefix, tell } = request;
  await disarm(context, request, world);
  let hadTraffic = false;
  for (let round = 1; ; round += 1) {
    const name = `${prefix}retire ${round}`;
    const kept = await tryToRetire(context, { name, target, on, hadTraffic }, world);
    if (kept === undefined) return 'AWS stops them now';
    hadTraffic = kept.hasTraffic;
    await tell(`${name}: blocked`, kept.reason);
    await pause(context, { name: `${name}: pause`, round, deployment }, world);
  }
}

type Retire = {
  name: string;
  target: Target;
  on: Colour /** It got traffic when it was last looked at. */;
  hadTraffic: boolean;
};
type Kept = { reason: string; hasTraffic: boolean };

/** Undefined where the colour has no tasks any more. */
async function tryToRetire(
  context: JobContext,
  { name, ...request }: Retire,
  world: World,
): Promise<Kept | undefined> {
  const { target, on, hadTraffic } = request;
  try {
    const retired = await platformCall(
      context,
      name,
      (reached, signal) => scaleToNothing(request, reached, signal),
      world,
    );
    if (retired.kind !== 'done') return { reason: reasonOf(retired), hasTraffic: hadTraffic };
    if (retired.value === null) return undefined;
    const reason = `${on} in ${target.region} still gets traffic, so its tasks stay: the load balancer says ${retired.value}. Move everything to ${otherColour(on)}, and Forge goes on.`;
    return { reason, hasTraffic: true };
  } catch (error) {
    const reason = faultOf(error);
    if (reason === undefined) throw error;
    return { reason, hasTraffic: hadTraffic };
  }
}

/** Null, or what the load balancer says where that is not all traffic on the other colour. Errors as `Platform`. */
async function scaleToNothing(
  { target, on, hadTraffic }: Omit<Retire, 'name'>,
  { platform, store, clock, policy }: World,
  signal: AbortSignal,
): Promise<string | null> {
  const live = otherColour(on);
  const record = await store.traffic(target);
  const since = hadTraffic ? clock.now() : (record?.confirmedAt ?? record?.intendedAt ?? 0);
  for (;;) {
    const { rules } = await platform.traffic(target, { signal });
    if (!isAllOn(live, rules)) return shownOf(rules.map(({ split }) => split));
    if (clock.now() - since >= oldWeightsLast(policy)) break;
    await clock.sleep(policy.timing.poll, signal);
  }
  await platform.autoscaling(target, { on, mode: 'off' }, { signal });
  await platform.scale(target, { on, desired: 0 }, { signal });
  await platform.autoscaling(target, { on: live, mode: 'normal' }, { signal });
  return null;
}
