import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults } from '../faults.ts';
import type { Delivery } from '../parts.ts';
import type { Answer, EnvelopeType, Transport } from './envelope.ts';
import type { Identifiers } from './identifiers.ts';
import type { JsonObject } from './json.ts';
import type { Timing } from './timing.ts';

/** How often an envelope whose acknowledgement is lost comes again. */
const MOST_REPEATS = 3;

type Retry = { readonly attempt: number; readonly reason: string };
type Shipment = {
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  readonly envelopeId: string;
  readonly retry: Retry | undefined;
};

/** Brings payloads to the app, with the faults that were set and the repeats Slack makes. */
export class Deliveries {
  readonly #transport: () => Transport;
  readonly #faults: Faults;
  readonly #identifiers: Identifiers;
  readonly #timing: Timing;
  readonly #stopped = new AbortController();

  constructor(from: {
    transport: () => Transport;
    faults: Faults;
    identifiers: Identifiers;
    timing: Timing;
  }) {
    this.#transport = from.transport;
    this.#faults = from.faults;
    this.#identifiers = from.identifiers;
    this.#timing = from.timing;
  }

  /** Resolves once the app acknowledged or can't any more. Never rejects. */
  deliver(type: EnvelopeType, payload: JsonObject): Promise<Answer> {
    return this.#attempts(type, payload);
  }

  /** Resolves with the first attempt; an event nobody acknowledged comes again later, with the same event_id. */
  async deliverEvent(payload: JsonObject): Promise<Answer> {
    const answer = await this.#attempts('events_api', payload);
    if (comesAgain(answer)) void this.#retryEvent(payload, reasonOf(answer));
    return answer;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #attempts(type: EnvelopeType, payload: JsonObject, retry?: Retry): Promise<Answer> {
    const envelopeId = this.#identifiers.envelope();
    let again = retry;
    for (let repeat = 1; repeat <= MOST_REPEATS + 1; repeat += 1) {
      const fault = this.#faults.take('slack', `deliver:${type}`);
      const answer = await this.#attempt({ type, payload, envelopeId, retry: again }, fault);
      if (fault?.kind !== 'cut-after' || this.#stopped.signal.aborted) return answer;
      again = { attempt: (again?.attempt ?? 0) + 1, reason: 'timeout' };
    }
    return { kind: 'timed-out' };
  }

  async #attempt(shipment: Shipment, fault: Fault | undefined): Promise<Answer> {
    if (fault?.kind === 'slow') await this.#pause(fault.ms);
    if (fault?.kind === 'cut-before') this.#transport().cut();
    if (this.#stopped.signal.aborted || isLost(fault?.kind)) return { kind: 'not-delivered' };
    if (fault?.kind === 'hang') {
      await this.#pause(this.#timing.ackMs);
      return { kind: 'timed-out' };
    }
    const answer = await this.#send(shipment, fault?.kind === 'duplicate' ? 2 : 1);
    const isAckLost = fault?.kind === 'lose-ack' || fault?.kind === 'error-after';
    if (!isAckLost || answer.kind !== 'acked') return answer;
    await this.#pause(this.#timing.ackMs - answer.ms);
    return { kind: 'timed-out' };
  }

  #send({ type, payload, envelopeId, retry }: Shipment, copies: number): Promise<Answer> {
    const envelope = {
      envelope_id: envelopeId,
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...(retry && { retry_attempt: retry.attempt, retry_reason: retry.reason }),
    };
    return this.#transport().send(envelope, copies);
  }

  async #retryEvent(payload: JsonObject, first: string): Promise<void> {
    let reason = first;
    for (const [index, delayMs] of this.#timing.eventRetryDelaysMs.entries()) {
      await this.#pause(delayMs);
      if (this.#stopped.signal.aborted) return;
      const answer = await this.#attempts('events_api', payload, { attempt: index + 1, reason });
      if (!comesAgain(answer)) return;
      reason = reasonOf(answer);
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stopped;
    await wait(Math.max(0, ms), undefined, { signal }).catch((error: unknown) => {
      // Stopping ends the pause early; anything else is a fault of ours.
      if (!signal.aborted) throw error;
    });
  }
}

/** What Slack tells the person who pressed, typed or sent. */
export function deliveryOf(answer: Answer): Delivery {
  switch (answer.kind) {
    case 'acked':
      return { acked: true, ms: answer.ms };
    case 'timed-out':
      return { acked: false, error: 'operation_timeout' };
    case 'not-delivered':
      return { acked: false, error: 'dispatch_failed' };
    case 'failed':
      return { acked: false, error: answer.status >= 500 ? 'http_service_error' : 'http_client_error' };
  }
}

function comesAgain(answer: Answer): boolean {
  if (answer.kind === 'acked') return false;
  return answer.kind !== 'failed' || !answer.wantsNoRetry;
}

/** Why an event comes again, as `retry_reason` says it. */
function reasonOf(answer: Answer): string {
  return answer.kind === 'failed' ? 'http_error' : 'timeout';
}

function isLost(kind: Fault['kind'] | undefined): boolean {
  return kind === 'error' || kind === 'throttle' || kind === 'refuse' || kind === 'cut-before';
}
