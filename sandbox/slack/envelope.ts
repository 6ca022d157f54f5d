import type { JsonObject } from './json.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';
export type Envelope = {
  readonly envelope_id: string;
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  readonly accepts_response_payload: boolean;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
};

export type Answer =
  | { readonly kind: 'acked'; readonly payload: JsonObject; readonly ms: number }
  | { readonly kind: 'timed-out' }
  /** Nobody was there to take it, or it was lost on the way. */
  | { readonly kind: 'not-delivered' }
  /** In HTTP mode: the app's server answered with another status than 200. */
  | { readonly kind: 'failed'; readonly status: number; readonly wantsNoRetry: boolean };

/** How envelopes reach the app: by Socket Mode, or by requests to its address. */
export type Transport = {
  /** Sends `copies` times and resolves with the first acknowledgement, or why there is none. Never rejects. */
  send(envelope: Envelope, copies: number): Promise<Answer>;
  /** Cuts every connection without a word. */
  cut(): void;
};
