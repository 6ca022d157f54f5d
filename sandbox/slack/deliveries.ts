import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../faults.ts';
import type { Delivery } from '../parts.ts';
import type { Identifiers } from './identifiers.ts';
import type { JsonObject } from './json.ts';
import type { Answer, EnvelopeType, SocketMode } from './socket-mode.ts';

/** How often an envelope whose acknowledgement is lost comes again. */
const MOST_REPEATS = 3;

type Retry = { readonly attempt: number; readonly reason: string };

/** Brings payloads to the app, with the faults that were set and the repeats Slack makes. */
export class Deliveries {
  readonly #socket: SocketMode;
  readonly #faults: Faults;
  readonly #identifiers: Identifiers;
  readonly #eventRetryDelaysMs: readonly number[];
  readonly #stopped = new AbortController();

  constructor(from: {
    socket: SocketMode;
    faults: Faults;
    identifiers: Identifiers;
    eventRetryDelaysMs: readonly number[];
  }) {
    this.#socket = from.socket;
    this.#faults = from.faults;
    this.#identifiers = from.identifiers;
    this.#eventRetryDelaysMs = from.eventRetryDelaysMs;
  }

  /** Resolves once the app acknowledged or can't any more. Never rejects. */
  deliver(type: EnvelopeType, payload: JsonObject): Promise<Answer> {
    return this.#attempts(type, payload);
  }

  /** Resolves with the first attempt; an event nobody acknowledged comes again later, with the same event_id. */
  async deliverEvent(payload: JsonObject): Promise<Answer> {
    const answer = await this.#attempts('events_api', payload);
    if (answer.kind !== 'acked') void this.#retryEvent(payload);
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
      if (fault?.kind === 'slow') await this.#pause(fault.ms);
      if (fault?.kind === 'cut-before') this.#socket.cut();
      if (this.#stopped.signal.aborted || isLost(fault?.kind)) return { kind: 'not-delivered' };
      const answer = await this.#send({ type, payload, envelopeId, retry: again });
      if (fault?.kind !== 'cut-after') return answer;
      again = { attempt: (again?.attempt ?? 0) + 1, reason: 'timeout' };
    }
    return { kind: 'timed-out' };
  }

  #send(envelope: {
    type: EnvelopeType;
    payload: JsonObject;
    envelopeId: string;
    retry: Retry | undefined;
  }): Promise<Answer> {
    const { type, payload, envelopeId, retry } = envelope;
    return this.#socket.send({
      envelope_id: envelopeId,
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...(retry && { retry_attempt: retry.attempt, retry_reason: retry.reason }),
    });
  }

  async #retryEvent(payload: JsonObject): Promise<void> {
    for (const [index, delayMs] of this.#eventRetryDelaysMs.entries()) {
      await this.#pause(delayMs);
      if (this.#stopped.signal.aborted) return;
      const answer = await this.#attempts('events_api', payload, { attempt: index + 1, reason: 'timeout' });
      if (answer.kind === 'acked') return;
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stopped;
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
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
  }
}

function isLost(kind: string | undefined): boolean {
  return kind === 'error' || kind === 'throttle' || kind === 'cut-before';
}
