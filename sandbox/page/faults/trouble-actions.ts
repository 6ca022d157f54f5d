import { reasonOf, tellFailure } from '../outcome-words.ts';
import type { PageActions } from '../page-state.ts';
import type { Store } from '../store.ts';
import type { WorkspaceReader } from '../workspace-reader.ts';
import { changeBehaviour, moveWeights } from './behaviour-calls.ts';
import { addFault, changeSettings, disturbConnections, endFault, endFaults } from './fault-calls.ts';
import { troubleOf } from './trouble.ts';

type TroubleActions = Pick<
  PageActions,
  'addFault' | 'endFault' | 'endAllTrouble' | 'turn' | 'disturbConnections' | 'behave' | 'moveWeights'
>;

/** Makes the sandbox misbehave, and well again. */
export function createTroubleActions(store: Store, reader: WorkspaceReader): TroubleActions {
  return {
    addFault: async (fault) => {
      const outcome = await addFault(fault);
      await reader.state();
      return reasonOf(outcome);
    },
    endFault: async (id) => {
      tellFailure(await endFault(id));
      await reader.state();
    },
    endAllTrouble: async () => {
      const { switches, behaviours } = troubleOf(store.state.workspace);
      tellFailure(await endFaults());
      for (const { where, off } of switches) tellFailure(await changeSettings(where, off));
      if (behaviours.length > 0) tellFailure(await changeSettings('aws', { behaviours: [] }));
      await reader.state();
    },
    turn: async ({ where, on, off }, to) => {
      tellFailure(await changeSettings(where, to === 'on' ? on : off));
      await reader.state();
    },
    disturbConnections: async (action) => {
      tellFailure(await disturbConnections(action));
    },
    behave: async (change) => {
      tellFailure(await changeBehaviour(change));
      await reader.state();
    },
    moveWeights: async (weights) => {
      tellFailure(await moveWeights(weights));
      await reader.state();
    },
  };
}
