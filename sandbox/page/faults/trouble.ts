import type { Behaviour } from '../behaviour-model.ts';
import { behavioursOf } from '../behaviour-model.ts';
import type { Fault } from '../fault-model.ts';
import { isOn } from '../fault-model.ts';
import type { WorkspaceState } from '../model.ts';
import type { Switch } from './switches.ts';
import { isSwitchedOn, SWITCHES } from './switches.ts';

/** Everything that makes the sandbox misbehave at this moment. */
export type Trouble = { faults: Fault[]; switches: Switch[]; behaviours: Behaviour[] };

export function troubleOf({ faults, switches }: WorkspaceState): Trouble {
  return {
    faults: faults.filter(isOn),
    switches: SWITCHES.filter((one) => isSwitchedOn(one, switches)),
    behaviours: behavioursOf(switches.aws),
  };
}

export function hasTrouble(state: WorkspaceState): boolean {
  const { faults, switches, behaviours } = troubleOf(state);
  return faults.length + switches.length + behaviours.length > 0;
}
