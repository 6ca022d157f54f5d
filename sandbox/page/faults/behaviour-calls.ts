import type { Outcome } from '../control-call.ts';
import { send } from '../control-call.ts';

/** What `POST /sandbox/behaviour` takes: what is null ends, what is left out stays. */
export type BehaviourChange = {
  service: string;
  environment: string;
  colour?: string | undefined;
  version?: string | undefined;
  errorPercent?: number | null;
  latencyMs?: number | null;
  crashAfterRequests?: number | null;
};

/** Weights of a service's production rules. */
export type Weights = { service: string; environment: string; blue: number; green: number };

export function changeBehaviour(change: BehaviourChange): Promise<Outcome> {
  return send('/sandbox/behaviour', change);
}

export function moveWeights(weights: Weights): Promise<Outcome> {
  return send('/sandbox/weights', weights);
}
