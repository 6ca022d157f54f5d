import type { DeadManSwitch } from '../src/ports/dead-man-switch.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import type { People } from '../src/ports/people.ts';
import type { SmokeProbe } from '../src/ports/smoke-probe.ts';
import type { Adapters } from '../src/use-cases/adapters.ts';
import type { Known } from '../src/use-cases/require-still-may.ts';

/** What jobs need: what use cases need, a way to try a service out, to measure it, to leave a switch behind, and who people are. */
export type World = Adapters & {
  smokeProbe: SmokeProbe;
  metrics: Metrics;
  deadMan: DeadManSwitch;
  people: Known & Pick<People, 'membersOf'>;
};
