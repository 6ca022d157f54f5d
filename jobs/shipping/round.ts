import { serviceNamed } from '../../src/domain/policy.ts';
import { isShipped, SHIPMENT_LASTS, type Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';
import type { World } from '../world.ts';
import { blocked } from './blocked.ts';
import { check } from './check.ts';
import { deploy } from './deploy.ts';
import { follow } from './follow.ts';
import { merge } from './merge.ts';
import { open } from './open.ts';
import { type Next, next, type Turn } from './turn.ts';

/** What one round came to; `version`: the one it was decided on. */
export type Round =
  | { kind: 'over' }
  | { kind: 'on'; events: ShipmentEvent[]; version: number; waitMs: number; isSilent: boolean };

/** So many looks without an answer are told. */
const SILENCE = 3;
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
    const after = [...troubleNews(shipment, trouble), ...events];
    return { kind: 'on', events: after, version, waitMs, isSilent: false };
  } catch (error) {
    const reason = troubleIn(error, silent);
    const events = reason === undefined ? [] : troubleNews(shipment, reason);
    const waitMs = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(silent, 10));
    return { kind: 'on', events, version, waitMs, isSilent: true };
  }
}

async function onward(shipment: Shipment, world: World, signal: AbortSignal): Promise<Next> {
  const { policy, codeHost: host, clock } = world;
  const service = serviceNamed(policy, shipment.service);
  const { github } = policy;
  if (service === undefined || service.repository !== shipment.repository) {
    return next({
      type: 'refused',
      reason: `forge.yml does not know ${shipment.service} as it was any more.`,
    });
  }
  if (github === undefined || host === undefined) {
    return next({ type: 'refused', reason: 'Forge is not connected to GitHub any more.' });
  }
  if (isWaiting(shipment) && clock.now() - shipment.changedAt > SHIPMENT_LASTS)
    return next({ type: 'expired' });
  return step({ shipment, service, github, host, world, signal });
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

function troubleNews({ trouble }: Shipment, now: string | undefined): ShipmentEvent[] {
  if (trouble === now) return [];
  return [now === undefined ? { type: 'trouble-over' } : { type: 'troubled', reason: now }];
}

/** Throws what is no trouble of the world’s. Undefined: it is too soon to tell. */
function troubleIn(error: unknown, silent: number): string | undefined {
  if (error instanceof CodeHostRefused) return `${error.message} Forge keeps asking.`;
  if (error instanceof PlatformRefused) return `${error.message} Forge keeps asking.`;
  const silentOne = silentSide(error);
  if (silentOne === undefined) throw error;
  return silent + 1 < SILENCE ? undefined : `${silentOne} does not answer at the moment; Forge keeps asking.`;
}

function silentSide(error: unknown): string | undefined {
  if (error instanceof CodeHostUnavailable) return 'GitHub';
  return error instanceof PlatformUnavailable ? 'AWS' : undefined;
}
