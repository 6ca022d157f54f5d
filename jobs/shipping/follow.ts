import { canonicalJson, digestOf } from '../../src/domain/json.ts';
import { withPart } from '../../src/domain/pull-request-body.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { CodeHostRefused, type Comparison, type PullRequest } from '../../src/ports/code-host.ts';
import { describe } from './describe.ts';
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
  const { standing, comparison } = await lookAtPull(turn, pull);
  const events: ShipmentEvent[] = [];
  if (canonicalJson(standing) !== canonicalJson(shipment.standing)) events.push({ type: 'seen', standing });
  events.push(...(await described(turn, pull, comparison, standing.approvedBy)));
  return later(pauseOf(shipment, world.clock.now()), ...events);
}

/** Only when there is something new to say: what people correct in it is not fought over. */
async function described(
  turn: Turn,
  pull: PullRequest,
  comparison: Comparison,
  approvedBy: readonly string[],
): Promise<ShipmentEvent[]> {
  const { shipment, host, signal } = turn;
  const part = await describe(turn, comparison, approvedBy);
  const digest = digestOf(part);
  if (digest === shipment.described) return [];
  const body = withPart(pull.body, part);
  if (body !== pull.body) {
    try {
      await host.describePullRequest(shipment.repository, { number: pull.number, body }, { signal });
    } catch (error) {
      // Its description alone keeps nobody from merging it.
      if (!(error instanceof CodeHostRefused)) throw error;
    }
  }
  return [{ type: 'described', digest }];
}
