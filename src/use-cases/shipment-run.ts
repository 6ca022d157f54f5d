import type { Change } from '../ports/store.ts';

/** The doorbell of the run that brings a branch to what runs. */
export const SHIP_BELL = 'news';

/** The run that brings a branch to what runs. */
export function shipRun(shipment: string): string {
  return `ship/${shipment}`;
}

/** Has a shipment looked at now. The same `id` rings once. */
export function ringShipment(
  shipment: string,
  { id, by }: { id: string; by: string },
): Extract<Change, { kind: 'signal-run' }> {
  return { kind: 'signal-run', run: shipRun(shipment), name: SHIP_BELL, id, by };
}
