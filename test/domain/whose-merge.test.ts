import { describe, expect, it } from 'vitest';
import { shipmentOf } from '../../src/domain/evolve-shipment.ts';
import { aHead, opened, shipmentEvents } from './shipment-builders.ts';

describe('a merge that Forge was asked for', () => {
  it('is of the person who asked for it, not of who shipped the branch', () => {
    const lena = { kind: 'person', userId: 'U0LENA', via: 'button' } as const;
    const events = shipmentEvents(
      opened,
      { type: 'merge-asked', head: aHead },
      { type: 'merged', commit: 'f'.repeat(40) },
    );

    const shipment = shipmentOf(
      events.map((one) => (one.event.type === 'merge-asked' ? { ...one, by: lena } : one)),
    );

    expect(shipment?.requestedBy).not.toEqual(lena);
    expect(shipment?.merged?.by).toEqual(lena);
  });
});
