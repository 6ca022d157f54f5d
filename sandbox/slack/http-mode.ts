import { createHmac } from 'node:crypto';
import type { Answer, Envelope, Transport } from './envelope.ts';
import type { Clock } from './identifiers.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { VERIFICATION_TOKEN } from './seed.ts';
import type { Timing } from './timing.ts';

/** Where an app that is not in Socket Mode wants to be told of everything. */
export type RequestUrl = { readonly url: string; readonly signingSecret: string };

const FORM = 'application/x-www-form-urlencoded';

/** Delivers by signed requests to the app's own address, as Slack does without Socket Mode. */
export class HttpMode implements Transport {
  readonly #to: RequestUrl;
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #cuts = new Set<AbortController>();

  constructor(from: { to: RequestUrl; clock: Clock; timing: Timing }) {
    this.#to = from.to;
    this.#clock = from.clock;
    this.#timing = from.timing;
  }

  send(envelope: Envelope, copies: number): Promise<Answer> {
    const isEvent = envelope.type === 'events_api';
    const request = { ...encoded(envelope), headers: retryHeaders(envelope), anySuccess: isEvent };
    return Promise.race(Array.from({ length: copies }, () => this.#request(request)));
  }

  cut(): void {
    for (const cut of this.#cuts) cut.abort();
  }

  /** What Slack does when the address is entered: the app must answer with the challenge. */
  async isVerified(challenge: string): Promise<boolean> {
    const body = JSON.stringify({ token: VERIFICATION_TOKEN, challenge, type: 'url_verification' });
    const answer = await this.#request({ body, contentType: 'application/json', headers: {} });
    return answer.kind === 'acked' && (answer.payload.challenge ?? answer.payload.text) === challenge;
  }

  /** What Slack does now and then to see whether the certificate still holds. */
  async passesSslCheck(): Promise<boolean> {
    const body = new URLSearchParams({ ssl_check: '1', token: VERIFICATION_TOKEN }).toString();
    const answer = await this.#request({ body, contentType: FORM, headers: {} });
    return answer.kind === 'acked';
  }

  async #request(of: {
    body: string;
    contentType: string;
    headers: Record<string, string>;
    /** Events are taken by any status of success, all else by 200 alone. */
    anySuccess?: boolean;
  }): Promise<Answer> {
    const cut = new AbortController();
    const late = AbortSignal.timeout(this.#timing.ackMs);
    this.#cuts.add(cut);
    const sentAt = this.#clock.now();
    try {
      const response = await fetch(this.#to.url, {
        method: 'POST',
        headers: { ...of.headers, 'content-type': of.contentType, ...this.#signature(of.body) },
        body: of.body,
        redirect: 'manual',
        signal: AbortSignal.any([late, cut.signal]),
      });
      const text = await response.text();
      if (response.status === 200 || (of.anySuccess === true && response.ok)) {
        return { kind: 'acked', payload: payloadOf(text), ms: this.#clock.now() - sentAt };
      }
      const wantsNoRetry = response.headers.get('x-slack-no-retry') === '1';
      return { kind: 'failed', status: response.status, wantsNoRetry };
    } catch {
      // Whatever kept the answer away, to Slack it is one of two things: too late, or nobody there.
      return { kind: late.aborted ? 'timed-out' : 'not-delivered' };
    } finally {
      this.#cuts.delete(cut);
    }
  }

  #signature(body: string): Record<string, string> {
    const timestamp = String(Math.floor(this.#clock.now() / 1000));
    const hash = createHmac('sha256', this.#to.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
  }
}

function encoded({ type, payload }: Envelope): { body: string; contentType: string } {
  switch (type) {
    case 'slash_commands':
      return { body: new URLSearchParams(fieldsOf(payload)).toString(), contentType: FORM };
    case 'interactive':
      return {
        body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
        contentType: FORM,
      };
    case 'events_api':
      return { body: JSON.stringify(payload), contentType: 'application/json' };
  }
}

function fieldsOf(payload: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}

function retryHeaders({ retry_attempt, retry_reason }: Envelope): Record<string, string> {
  if (retry_attempt === undefined) return {};
  const reason = retry_reason === 'timeout' ? 'http_timeout' : (retry_reason ?? 'unknown_error');
  return { 'x-slack-retry-num': String(retry_attempt), 'x-slack-retry-reason': reason };
}

/** An answer may be JSON or, to a command, the text to show. */
function payloadOf(text: string): JsonObject {
  if (text.trim() === '') return {};
  const parsed = parseJson(text)?.value;
  return isObject(parsed) ? parsed : { text };
}
