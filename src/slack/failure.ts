import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { z } from 'zod';
import { messageOf } from '../domain/errors.ts';
import type { ChatResult } from '../ports/chat.ts';

export type Failure = Exclude<ChatResult, { kind: 'done' }>;

/** Slack's codes for "something broke on our side": part of the call may have happened. */
const unclearCodes = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'update_failed',
]);
const throttleCodes = new Set(['ratelimited', 'rate_limited']);

/** Slack gives no waiting time with a throttling code in a regular answer; its shortest window is a second. */
const unnamedWaitMs = 5_000;

const Complaints = z.object({
  errors: z.array(z.string()).catch([]),
  response_metadata: z.object({ messages: z.array(z.string()).catch([]) }).catch({ messages: [] }),
});

/** What a failed call means for the caller. Whatever is not known to have been refused is unclear. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'limited', retryAfterMs: error.retryAfter * 1_000 };
  }
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) {
    const detail = `Slack answered with HTTP status ${error.statusCode}`;
    const isRefusal = error.statusCode >= 400 && error.statusCode < 500 && error.statusCode !== 408;
    return isRefusal
      ? { kind: 'refused', code: `http_${error.statusCode}`, detail }
      : { kind: 'unclear', detail };
  }
  if (error instanceof WebAPIRequestError) {
    return { kind: 'unclear', detail: `Slack did not answer: ${messageOf(error.original)}` };
  }
  return { kind: 'unclear', detail: messageOf(error) };
}

/** Of a failure, in words for the log or for somebody who can mend it. */
export function failureInWords(failure: Failure): string {
  switch (failure.kind) {
    case 'limited':
      return `Slack asks to wait ${failure.retryAfterMs} ms`;
    case 'unsupported-block':
      return `Slack does not know the block ${failure.type}`;
    case 'refused':
      return failure.detail;
    case 'unclear':
      return failure.detail;
  }
}

function platformFailure({ data }: WebAPIPlatformError): Failure {
  const code = data.error;
  const { errors, response_metadata } = Complaints.parse(data);
  const complaints = [...new Set([...errors, ...response_metadata.messages])];
  const detail = [`Slack answered ${code}`, ...complaints].join('; ');
  if (throttleCodes.has(code)) return { kind: 'limited', retryAfterMs: unnamedWaitMs };
  if (unclearCodes.has(code)) return { kind: 'unclear', detail };
  const type = unsupportedType(complaints);
  return type === undefined ? { kind: 'refused', code, detail } : { kind: 'unsupported-block', type };
}

function unsupportedType(complaints: readonly string[]): string | undefined {
  for (const complaint of complaints) {
    const type = /unsupported type: ([\w-]+)/.exec(complaint)?.[1];
    if (type !== undefined) return type;
  }
  return undefined;
}
