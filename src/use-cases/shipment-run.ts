import type { Shipment } from '../domain/shipment.ts';
import type { Change } from '../ports/store.ts';

/** The doorbell of the run that brings a branch to what runs. */
export const SHIP_BELL = 'news';

/** The run that brings a branch to what runs; `count`: which of them, where those before it were lost. */
export function shipRun(shipment: string, count = 1): string {
  return count === 1 ? `ship/${shipment}` : `ship/${shipment}/${count}`;
}

/** The one that works on it now. */
export function runOf({ id, run = shipRun(id) }: Pick<Shipment, 'id' | 'run'>): string {
  return run;
}

/** Has a shipment looked at now. The same `id` rings once. */
export function ringShipment(
  shipment: Pick<Shipment, 'id' | 'run'>,
  { id, by }: { id: string; by: string },
): Extract<Change, { kind: 'signal-run' }> {
  return { kind: 'signal-run', run: runOf(shipment), name: SHIP_BELL, id, by };
}
