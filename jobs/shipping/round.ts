import { serviceNamed } from '../../src/domain/policy.ts';
import { isShipped, SHIPMENT_LASTS, type Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import type { World } from '../world.ts';
import { blocked } from './blocked.ts';
import { check } from './check.ts';
import { deploy } from './deploy.ts';
import { follow } from './follow.ts';
import { givenUp } from './given-up.ts';
import { merge } from './merge.ts';
import { open } from './open.ts';
import { troubleIn, troubleNews } from './trouble.ts';
import { type Next, next, type Turn } from './turn.ts';

/** What one round came to; `version`: the one it was decided on. */
export type Round =
  | { kind: 'over' }
  | { kind: 'on'; events: ShipmentEvent[]; version: number; waitMs: number; isSilent: boolean };

/** Between two looks while something is in the way that mends itself. Milliseconds. */
const LONGEST_PAUSE = 30_000;

/** Looks once, and does the one thing that is next. Safe to do again: whatever is made is looked for first. */
export async function shipRound(
  { id, silent, signal }: { id: string; silent: number; signal: AbortSignal },
  world: World,
): Promise<Round> {
  const shipment = await world.store.shipment(id);
  if (shipment === undefined || isShipped(shipment)) return { kind: 'over' };
  const { version } = shipment;
  try {
    const { events, waitMs, trouble } = await onward(shipment, world, signal);
    const now = trouble === undefined ? undefined : { reason: trouble };
    const after = [...troubleNews(shipment, now), ...events];
    return { kind: 'on', events: after, version, waitMs, isSilent: false };
  } catch (error) {
    const trouble = troubleIn(error, silent);
    const events = trouble === undefined ? [] : troubleNews(shipment, trouble);
    const waitMs = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(silent, 10));
    return { kind: 'on', events, version, waitMs, isSilent: true };
  }
}

async function onward(shipment: Shipment, world: World, signal: AbortSignal): Promise<Next> {
  const { policy, codeHost: host, clock } = world;
  const service = serviceNamed(policy, shipment.service);
  const { github } = policy;
  if (service === undefined || service.repository !== shipment.repository) {
    return next(
      ...givenUp(shipment, `forge.yml has no ${shipment.service} of ${shipment.repository} any more.`),
    );
  }
  if (github === undefined || host === undefined)
    return next(...givenUp(shipment, 'forge.yml does not connect Forge to GitHub any more.'));
  if (isWaiting(shipment) && clock.now() - shipment.changedAt > SHIPMENT_LASTS)
    return next(...forgotten(shipment));
  return step({ shipment, service, github, host, world, signal });
}

/** What waits for something that never comes has told what that is. */
function forgotten({ merged, trouble }: Shipment): ShipmentEvent[] {
  if (merged === undefined) return [{ type: 'expired' }];
  const reason = `Nothing came of its deployment for two weeks.${trouble === undefined ? '' : ` ${trouble}`}`;
  return [{ type: 'not-deployed', reason }, { type: 'finished' }];
}

function step(turn: Turn): Promise<Next> {
  const { phase } = turn.shipment;
  switch (phase.kind) {
    case 'checking':
      return check(turn);
    case 'blocked':
      return blocked(turn);
    case 'opening':
      return open(turn);
    case 'following':
      return follow(turn);
    case 'merging':
      return merge(turn, phase.head);
    case 'deploying':
      return deploy(turn);
    case 'finished':
    case 'closed':
    case 'branch-gone':
    case 'cancelled':
    case 'refused':
    case 'expired':
      throw new Error(`${turn.shipment.id} is over`);
  }
}

function isWaiting({ phase }: Shipment): boolean {
  return phase.kind === 'blocked' || phase.kind === 'following' || phase.kind === 'deploying';
}
