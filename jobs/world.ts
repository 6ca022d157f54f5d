import type { SmokeProbe } from '../src/ports/smoke-probe.ts';
import type { Adapters } from '../src/use-cases/adapters.ts';

/** What jobs need: what use cases need, and a way to try a service out. */
export type World = Adapters & { smokeProbe: SmokeProbe };
