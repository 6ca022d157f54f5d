import { shipmentOf } from '../../src/domain/evolve-shipment.ts';
import type { Shipment } from '../../src/domain/shipment.ts';
import type { RecordedShipmentEvent, ShipmentEvent, Standing } from '../../src/domain/shipment-event.ts';
import { aMoment, aPerson } from '../builders.ts';

export const aHead = 'c0ffee'.padEnd(40, '0');

const aShipRequest: Extract<ShipmentEvent, { type: 'requested' }> = {
  type: 'requested',
  service: 'checkout',
  repository: 'acme/checkout',
  branch: 'feature/banner',
  base: 'main',
  environment: 'staging',
  channel: 'C0STAGING',
  head: aHead,
};

export const opened: Extract<ShipmentEvent, { type: 'opened' }> = {
  ...{ type: 'opened', number: 12, url: 'https://github.test/acme/checkout/pull/12' },
  ...{ title: 'Show a banner', notes: [] },
};

export function aStanding(change: Partial<Standing> = {}): Standing {
  return {
    head: aHead,
    checks: [],
    approvedBy: ['lena'],
    changesWantedBy: [],
    lacks: [],
    needs: [],
    ...change,
  };
}

/** A second apart, asked for by a person and done by Forge. */
export function shipmentEvents(...events: readonly ShipmentEvent[]): RecordedShipmentEvent[] {
  return [aShipRequest, ...events].map((event, index) => ({
    ...{ shipment: 'S1', version: index + 1, at: aMoment + index * 1000, event },
    by:
      index === 0 || event.type === 'merge-asked' || event.type === 'cancelled'
        ? aPerson
        : { kind: 'job', run: 'ship/S1' },
  }));
}

/** A shipment after these events. */
export function aShipment(...events: readonly ShipmentEvent[]): Shipment {
  const state = shipmentOf(shipmentEvents(...events));
  if (state === undefined) throw new Error('There is no shipment');
  return state;
}
