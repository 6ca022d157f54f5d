import type { Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';

/** How it ends where Forge cannot go on; `reason`: a sentence. What is merged was shipped, and only is not deployed. */
export function givenUp({ merged }: Pick<Shipment, 'merged'>, reason: string): ShipmentEvent[] {
  if (merged !== undefined) return [{ type: 'not-deployed', reason }, { type: 'finished' }];
  return [
    {
      type: 'refused',
      reason: `${reason} What is on GitHub stays as it is. Ship the branch again once that is mended.`,
    },
  ];
}
