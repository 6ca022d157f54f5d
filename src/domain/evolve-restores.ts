import type { Deployment, RestoreState } from './deployment.ts';
import { withoutTrouble } from './evolve-steps.ts';
import type { RestoreEvent } from './restore-event.ts';

/** The part of `evolve` about putting the previous release back. */
export function restoreChanged(state: Deployment, event: RestoreEvent): Deployment {
  switch (event.type) {
    case 'restoring':
      return {
        ...withoutTrouble(state),
        phase: { kind: 'rolling-back', because: event.because, reason: event.reason },
      };
    case 'restore-progressed':
      return withRestore(state, event.region, {
        kind: 'running',
        progress: event.progress,
        ...troubleOf(state.restores[event.region]),
      });
    case 'restore-blocked':
      return withRestore(state, event.region, { kind: 'blocked', reason: event.reason });
    case 'restored':
      return withRestore(state, event.region, { kind: 'restored', detail: event.detail });
    case 'restore-left':
      return withRestore(state, event.region, { kind: 'left', reason: event.reason });
  }
}

function troubleOf(restore: RestoreState | undefined): { trouble?: string } {
  if (restore?.kind === 'blocked') return { trouble: restore.reason };
  return restore?.kind === 'running' && restore.trouble !== undefined ? { trouble: restore.trouble } : {};
}

function withRestore(state: Deployment, region: string, restore: RestoreState): Deployment {
  return { ...state, restores: { ...state.restores, [region]: restore } };
}
