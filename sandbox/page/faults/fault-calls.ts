import type { Call } from '../call-counts.ts';
import type { Outcome } from '../control-call.ts';
import { read, send } from '../control-call.ts';
import type { Json } from '../json.ts';
import { asNumber, asObjects, asText } from '../json.ts';

/** What `POST /sandbox/faults/add` takes; what is left out has its default. */
export type NewFault = {
  service: string;
  operation: string;
  kind: string;
  nth: number;
  times: number;
  ms?: number;
  error?: string;
  retryAfterSeconds?: number;
};

export function addFault(fault: NewFault): Promise<Outcome> {
  return send('/sandbox/faults/add', fault);
}

export function endFault(id: number): Promise<Outcome> {
  return send('/sandbox/faults/end', { id });
}

export function endFaults(): Promise<Outcome> {
  return send('/sandbox/faults', []);
}

export function changeSettings(where: 'slack' | 'aws', change: Json): Promise<Outcome> {
  return send(`/sandbox/${where}`, change);
}

export function disturbConnections(action: string): Promise<Outcome> {
  return send('/sandbox/connections', { action });
}

/** What Forge called since call number `after`. */
export async function readCalls(after: number): Promise<Call[]> {
  const calls = asObjects(await read(`/sandbox/requests?after=${after}`));
  return calls.map(({ sequence, service, operation }) => ({
    sequence: asNumber(sequence),
    service: asText(service),
    operation: asText(operation),
  }));
}
