import type { Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';

/** What keeps it from going on, as it is told. */
type Trouble = Omit<Extract<ShipmentEvent, { type: 'troubled' }>, 'type'>;

/** So many looks without an answer are told. */
const SILENCE = 3;

/** Throws what is no trouble of the world’s. `silent`: looks without an answer before this one. Undefined: it is too soon to tell. */
export function troubleIn(error: unknown, silent: number): Trouble | undefined {
  if (error instanceof CodeHostRefused || error instanceof PlatformRefused)
    return { reason: `${error.message} Forge keeps asking.`, needsSomebody: true };
  const silentOne = silentSide(error);
  if (silentOne === undefined) throw error;
  return silent + 1 < SILENCE
    ? undefined
    : { reason: `${silentOne} does not answer at the moment; Forge keeps asking.` };
}

/** What is told of it when it begins, becomes another, and is over. */
export function troubleNews({ trouble }: Shipment, now: Trouble | undefined): ShipmentEvent[] {
  if (trouble === now?.reason) return [];
  return [now === undefined ? { type: 'trouble-over' } : { type: 'troubled', ...now }];
}

function silentSide(error: unknown): string | undefined {
  if (error instanceof CodeHostUnavailable) return 'GitHub';
  return error instanceof PlatformUnavailable ? 'AWS' : undefined;
}
