import type { Deployment } from './deployment.ts';
import type { EndingEvent } from './ending-event.ts';
import type { RecordedEvent } from './events.ts';

/** The part of `evolve` about how it ends, and what becomes of its release afterwards. */
export function ended(state: Deployment, recorded: RecordedEvent, event: EndingEvent): Deployment {
  const { at } = recorded;
  switch (event.type) {
    case 'succeeded':
      return { ...state, endedAt: at, phase: { kind: 'succeeded' } };
    case 'rolled-back':
      return { ...state, endedAt: at, phase: { kind: 'rolled-back', reason: reasonOf(state) } };
    case 'aborted':
      return { ...state, endedAt: at, phase: { kind: 'aborted', reason: reasonOf(state) } };
    case 'left':
      return { ...state, endedAt: at, phase: { kind: 'left', reason: event.reason, by: recorded.by } };
    case 'rejected':
      return {
        ...state,
        endedAt: at,
        phase: { kind: 'rejected', by: recorded.by, reason: recorded.why ?? '' },
      };
    case 'expired':
      return { ...state, endedAt: at, phase: { kind: 'expired', reason: event.reason } };
    case 'refused':
      return { ...state, endedAt: at, phase: { kind: 'refused', reason: event.reason } };
    case 'superseded': {
      const { type: _superseded, ...why } = event;
      return { ...state, endedAt: at, phase: { kind: 'superseded', ...why } };
    }
    case 'undoing':
      return { ...state, undoingBy: event.by, generation: state.generation + 1 };
    case 'undo-failed':
      return { ...withoutUndoing(state), generation: state.generation + 1 };
    case 'undone':
      return { ...withoutUndoing(state), undoneBy: event.by, generation: state.generation + 1 };
    case 'replaced':
      return { ...state, replacedBy: event.by, generation: state.generation + 1 };
    case 'live-again': {
      const { replacedBy: _ended, ...live } = state;
      return { ...live, generation: state.generation + 1 };
    }
    case 'automatic-held':
      return { ...state, holdsAutomatic: true };
    case 'automatic-resumed': {
      const { holdsAutomatic: _over, ...going } = state;
      return going;
    }
  }
}

function reasonOf(state: Deployment): string {
  return state.phase.kind === 'rolling-back' ? state.phase.reason : '';
}

function withoutUndoing({ undoingBy: _ended, ...state }: Deployment): Deployment {
  return state;
}
