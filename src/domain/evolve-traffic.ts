import type { Deployment, StandbyState, SwitchState, TrafficState } from './deployment.ts';
import type { RecordedEvent } from './events.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** The part of `evolve` about where the traffic of a region is, and what watches over it. */
export function trafficChanged(state: Deployment, { at }: RecordedEvent, event: TrafficEvent): Deployment {
  switch (event.type) {
    case 'traffic-intended':
    case 'traffic-confirmed':
      return trafficMoved(state, event, at);
    case 'gates-read': {
      const { step, gates, waits } = event;
      const read = { step, at, gates, ...(waits === undefined ? {} : { waits }) };
      return { ...state, gates: { ...state.gates, [event.region]: read } };
    }
    case 'switch-armed':
      return withSwitch(state, event.region, { kind: 'armed', to: event.to, after: event.after });
    case 'switch-not-armed':
      return withSwitch(state, event.region, { kind: 'not-armed', reason: event.reason });
    case 'switch-disarmed':
      return withSwitch(state, event.region, { kind: 'disarmed' });
    case 'switch-fired':
      return withSwitch(state, event.region, { kind: 'fired', to: event.to });
    case 'standby-kept': {
      const { on, until, desired } = event;
      return withStandby(state, event.region, { on, until, desired });
    }
    case 'standby-ended': {
      const kept = state.standby[event.region];
      if (kept === undefined) return state;
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      return {
        ...withStandby(state, event.region, { ...kept, endedAt: at, ...reason }),
        generation: state.generation + 1,
      };
    }
  }
}

type Moved = Extract<TrafficEvent, { type: 'traffic-intended' | 'traffic-confirmed' }>;

/** A confirmation of an older intent than the newest says nothing of the newest. */
function trafficMoved(state: Deployment, event: Moved, at: number): Deployment {
  const { region } = event;
  if (event.type === 'traffic-intended') {
    const { split, before, generation } = event;
    return withTraffic(state, region, { split, before, generation, intendedAt: at });
  }
  const intended = state.traffic[region];
  if (intended?.generation !== event.generation) return state;
  const took = event.took === undefined ? {} : { took: event.took };
  return withTraffic(state, region, { ...intended, confirmedAt: at, ...took });
}

function withTraffic(state: Deployment, region: string, traffic: TrafficState): Deployment {
  return { ...state, traffic: { ...state.traffic, [region]: traffic } };
}

function withSwitch(state: Deployment, region: string, to: SwitchState): Deployment {
  return { ...state, switches: { ...state.switches, [region]: to } };
}

function withStandby(state: Deployment, region: string, standby: StandbyState): Deployment {
  return { ...state, standby: { ...state.standby, [region]: standby } };
}
