import type { Fault } from '../fault-model.ts';
import { isOn } from '../fault-model.ts';
import type { WorkspaceState } from '../model.ts';
import type { Switch } from './switches.ts';
import { isSwitchedOn, SWITCHES } from './switches.ts';

/** Everything that makes the sandbox misbehave at this moment. */
export type Trouble = { faults: Fault[]; switches: Switch[] };

export function troubleOf({ faults, switches }: WorkspaceState): Trouble {
  return {
    faults: faults.filter(isOn),
    switches: SWITCHES.filter((one) => isSwitchedOn(one, switches)),
  };
}

export function hasTrouble(state: WorkspaceState): boolean {
  const { faults, switches } = troubleOf(state);
  return faults.length > 0 || switches.length > 0;
}
