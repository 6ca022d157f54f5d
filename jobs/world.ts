import type { DeadManSwitch } from '../src/ports/dead-man-switch.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import type { SmokeProbe } from '../src/ports/smoke-probe.ts';
import type { Adapters } from '../src/use-cases/adapters.ts';

/** What jobs need: what use cases need, a way to try a service out, to measure it, and to leave a switch behind. */
export type World = Adapters & { smokeProbe: SmokeProbe; metrics: Metrics; deadMan: DeadManSwitch };
