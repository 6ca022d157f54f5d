import { digestOf } from '../../src/domain/json.ts';
import { withPart } from '../../src/domain/pull-request-part.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { CodeHostRefused, type PullRequest } from '../../src/ports/code-host.ts';
import { type Described, describe } from './describe.ts';
import type { Turn } from './turn.ts';

/** Keeps Forge’s part of the description true, only when there is something new to say: what people correct in it is not fought over. */
export async function keepDescribed(turn: Turn, pull: PullRequest, of: Described): Promise<ShipmentEvent[]> {
  const part = await describe(turn, of);
  const digest = digestOf(part);
  if (digest === turn.shipment.described) return [];
  const refused = await written(turn, pull, withPart(pull.body, part));
  return [{ type: 'described', digest, ...(refused === undefined ? {} : { refused }) }];
}

/** The same while a new commit is checked, so that nobody on GitHub reads that another one has passed. */
export async function keepDescribedWhileChecked(turn: Turn): Promise<ShipmentEvent[]> {
  const { shipment, host, signal } = turn;
  const { repository, base, head } = shipment;
  if (shipment.pull === undefined) return [];
  const pull = await host.pullRequest(repository, shipment.pull.number, { signal });
  const comparison = await host.compare(repository, { base, head }, { signal });
  return keepDescribed(turn, pull, { comparison, approvedBy: [], hostedChecks: [] });
}

/** Why GitHub does not take it: that alone keeps nobody from merging. */
async function written(
  { shipment, host, signal }: Turn,
  { number, body: before }: PullRequest,
  body: string,
): Promise<string | undefined> {
  if (body === before) return undefined;
  try {
    await host.describePullRequest(shipment.repository, { number, body }, { signal });
    return undefined;
  } catch (error) {
    if (error instanceof CodeHostRefused) return error.message;
    throw error;
  }
}
