import type { Deployment, StepState } from './deployment.ts';
import type { RecordedEvent } from './events.ts';
import type { StepEvent } from './step-event.ts';

/** The part of `evolve` about its steps. */
export function stepChanged(state: Deployment, { at }: RecordedEvent, event: StepEvent): Deployment {
  switch (event.type) {
    case 'step-started':
      return withStep(state, event.step, { kind: 'running', startedAt: at });
    case 'step-progressed':
      return withStep(state, event.step, {
        kind: 'running',
        startedAt: startOf(state, event.step, at),
        progress: event.progress,
      });
    case 'step-finished':
      return withStep(withoutTrouble(state), event.step, {
        kind: 'finished',
        startedAt: startOf(state, event.step, at),
        endedAt: at,
        ...(event.detail === undefined ? {} : { detail: event.detail }),
      });
    case 'step-failed':
      return withStep(withoutTrouble(state), event.step, {
        kind: 'failed',
        startedAt: startOf(state, event.step, at),
        endedAt: at,
        reason: event.reason,
      });
    case 'blocked':
      return { ...state, trouble: event.reason };
    case 'unblocked':
      return withoutTrouble(state);
  }
}

export function withoutTrouble({ trouble: _ended, ...state }: Deployment): Deployment {
  return state;
}

function startOf(state: Deployment, id: string, at: number): number {
  return state.steps[id]?.startedAt ?? at;
}

function withStep(state: Deployment, id: string, step: StepState): Deployment {
  return { ...state, steps: { ...state.steps, [id]: step } };
}
