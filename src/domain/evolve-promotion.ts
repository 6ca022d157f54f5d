import type { Deployment } from './deployment.ts';
import type { RecordedEvent } from './events.ts';
import type { PromotionEvent } from './promotion-event.ts';

/** The part of `evolve` about what keeps it from going on. */
export function promotionChanged(
  state: Deployment,
  recorded: RecordedEvent,
  event: PromotionEvent,
): Deployment {
  const { at } = recorded;
  switch (event.type) {
    case 'paused':
      return { ...state, paused: { by: recorded.by, at }, generation: state.generation + 1 };
    case 'unpaused': {
      const { paused: _ended, ...going } = state;
      return { ...going, generation: state.generation + 1 };
    }
    case 'skipped':
      return { ...state, skipped: [...state.skipped, event.step] };
    case 'approved':
      return { ...state, approved: [...state.approved, event.step] };
    case 'region-waiting': {
      const { type: _waits, ...regionWait } = event;
      return { ...state, regionWait };
    }
    case 'region-goes-on': {
      const { regionWait: _over, ...going } = state;
      return going;
    }
  }
}
