import type { BuildStanding } from '../../src/domain/build-standing.ts';
import type { Looked } from '../../src/domain/check-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';

/** What one round does. Everything after that is decided on a new look at how things stand. */
export type Act =
  | Deed
  /** It has begun or ended. */
  | { kind: 'leave' }
  /** Looks at AWS and the registry, and does what follows from that. */
  | { kind: 'look' }
  | { kind: 'refuse'; reason: string }
  /** Looks at one check of the policy. */
  | { kind: 'check'; check: Looked }
  /** Has the image made, or looks how that goes. */
  | { kind: 'build'; build: ImageToMake };

export type ImageToMake = Extract<BuildStanding, { kind: 'to-start' | 'running' | 'to-plan' }>;

export type Deed =
  /** Writes what happens, on exactly the version it was decided on. `what`: the name of that. */
  | { kind: 'tell'; what: string; events: DeploymentEvent[] }
  /** Until somebody rings, or until then in milliseconds since the epoch; null: nobody knows. */
  | { kind: 'wait'; until: number | null }
  /** Another deployment has the service: that is looked at again in a moment. */
  | { kind: 'wait-in-line' };

export function tell(what: string, ...events: DeploymentEvent[]): Deed {
  return { kind: 'tell', what, events };
}

/** What came in time at the very last moment counts: it is written only where nothing did. */
export function expire(reason: string): Deed {
  return tell('expire', { type: 'expired', reason });
}
