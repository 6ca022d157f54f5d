import type { GithubPolicy, ServicePolicy } from '../../src/domain/policy.ts';
import type { Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import type { CodeHost } from '../../src/ports/code-host.ts';
import type { World } from '../world.ts';

/** One look at a shipment, and all that is needed to go on with it. */
export type Turn = {
  shipment: Shipment;
  service: ServicePolicy;
  github: GithubPolicy;
  host: CodeHost;
  world: World;
  signal: AbortSignal;
};

/** What a look came to: what is written down, and when the next one is. Milliseconds; 0: at once. `trouble`: what it waits for. */
export type Next = { events: ShipmentEvent[]; waitMs: number; trouble?: string };

export function next(...events: ShipmentEvent[]): Next {
  return { events, waitMs: 0 };
}

/** Nothing new, or nothing that lets it go on. */
export function later(waitMs: number, ...events: ShipmentEvent[]): Next {
  return { events, waitMs };
}

/** What is waited for soon comes soon, what has waited for long may take a minute longer. Milliseconds. */
export function pauseOf({ changedAt }: Shipment, now: number): number {
  const waited = now - changedAt;
  return Math.min(60_000, Math.max(3_000, waited / 20));
}
