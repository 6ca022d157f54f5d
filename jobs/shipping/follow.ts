import { canonicalJson } from '../../src/domain/json.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { keepDescribed } from './description.ts';
import { befellPull } from './head.ts';
import { lookAtPull } from './standing.ts';
import { later, type Next, next, pauseOf, type Turn } from './turn.ts';

/** Shows how checks and reviews stand, and keeps Forge’s part of the description true. */
export async function follow(turn: Turn): Promise<Next> {
  const { shipment, host, world, signal } = turn;
  if (shipment.pull === undefined) throw new Error(`${shipment.id} is followed without a pull request`);
  const pull = await host.pullRequest(shipment.repository, shipment.pull.number, { signal });
  const befell = await befellPull(pull, turn);
  if (befell !== undefined) return next(befell);
  if (pull.state !== 'open') return later(pauseOf(shipment, world.clock.now()));
  const { standing, comparison, checks: hostedChecks } = await lookAtPull(turn, pull);
  const events: ShipmentEvent[] = [];
  if (canonicalJson(standing) !== canonicalJson(shipment.standing)) events.push({ type: 'seen', standing });
  const { approvedBy } = standing;
  events.push(...(await keepDescribed(turn, pull, { comparison, approvedBy, hostedChecks })));
  return later(pauseOf(shipment, world.clock.now()), ...events);
}
