import type { Octokit } from '@octokit/core';
import type { z } from 'zod';
import { CodeHostRefused, CodeHostUnavailable } from '../ports/code-host.ts';
import { answeredIn, GithubAnswered } from './answered.ts';
import { codeHostError, type Tried } from './errors.ts';
import { type Fetch, startFlight } from './flight.ts';
import { METADATA } from './permissions.ts';

/** One request to GitHub, and what is read of its answer. */
export type Call<Answer> = Tried & {
  route: `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`;
  /** Of the path, the query or the body. */
  parameters?: Readonly<Record<string, unknown>>;
  answer: z.ZodType<Answer>;
  /** It may lead to another address, which is answered and not followed: it may not be asked with Forge's credentials. */
  mayRedirect?: true;
};

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const VERSION = { 'x-github-api-version': '2022-11-28' };

export type Headers = Readonly<Record<string, unknown>>;

export type SendOptions = {
  signal: AbortSignal;
  fetch: Fetch;
  now: () => number;
  headers?: Readonly<Record<string, string>>;
};

/**
 * Sends a call, and gives the answer unread. Reads are tried again, writes are sent once: only where GitHub says that it was too
 * much, and did nothing, is one sent again. Rejects with the port's errors, with the answer for 304, and with the
 * signal's reason.
 */
export async function send(
  octokit: Octokit,
  call: Omit<Call<unknown>, 'answer'>,
  { signal, fetch, now, headers }: SendOptions,
): Promise<{ data: unknown; headers: Headers; status: number }> {
  requireNames(call);
  const [method = '', url = ''] = call.route.split(' ');
  const isWrite = method !== 'GET';
  signal.throwIfAborted();
  const flight = startFlight({ signal, isWrite }, fetch);
  const request = {
    fetch: flight.fetch,
    // Not so for reads: the plugin would try them again whatever they ended with.
    ...(isWrite && { retries: 0 }),
    ...(call.mayRedirect && { redirect: 'manual' as const }),
  };
  try {
    const answer = octokit.request<unknown>({
      ...call.parameters,
      method,
      url,
      headers: { ...VERSION, ...headers },
      request,
    });
    return await Promise.race([answer, flight.cut]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (answeredIn(error)?.status === 304) throw error;
    throw errorOf(error, call, now());
  } finally {
    flight.end();
  }
}

/** A part of an address that is all dots would be another address. */
function requireNames({ what, route, parameters }: Omit<Call<unknown>, 'answer'>): void {
  for (const [, name = ''] of route.matchAll(/\{(\w+)\}/g)) {
    const value = parameters?.[name];
    if (value === '' || value === '.' || value === '..') {
      throw new CodeHostRefused(`Could not ${what}: “${value}” is no name.`, 'invalid');
    }
  }
}

/** An error of a client as the port's. */
export function errorOf(error: unknown, tried: Tried, now: number): Error {
  return isOfSigningIn(error) ? signInError(error, now) : codeHostError(error, tried, now);
}

/** What is used of an answer. Anything else than expected is no answer: nobody knows what happened. */
export function readAnswer<Answer>(data: unknown, call: Pick<Call<Answer>, 'answer' | 'what'>): Answer {
  const answer = call.answer.safeParse(data);
  if (answer.success) return answer.data;
  throw new CodeHostUnavailable(`Could not ${call.what}: the answer of GitHub was not understood.`, {
    cause: answer.error,
  });
}

/** Whether it failed when the token of an installation was asked for, before the call itself. */
function isOfSigningIn(error: unknown): boolean {
  if (!(error instanceof Error) || !('request' in error)) return false;
  const { request } = error;
  if (typeof request !== 'object' || request === null || !('url' in request)) return false;
  return typeof request.url === 'string' && request.url.endsWith('/access_tokens');
}

function signInError(error: unknown, now: number): Error {
  const mapped = codeHostError(error, { what: 'sign in as its GitHub App', needs: METADATA }, now);
  if (!(mapped instanceof CodeHostRefused)) return mapped;
  const said = mapped.cause instanceof GithubAnswered ? mapped.cause.said : '';
  if (/issued at|expiration time/i.test(said)) return wrongClock(mapped);
  const sentence =
    'GitHub does not let Forge sign in: look on GitHub whether its App is still installed and not suspended, and whether GITHUB_APP_ID and the private key belong together.';
  return new CodeHostRefused(sentence, 'credentials', { cause: mapped.cause });
}

function wrongClock({ cause }: Error): Error {
  const sentence =
    'GitHub does not let Forge sign in, for the clock of this machine is wrong: set it right, or let it be kept by NTP.';
  return new CodeHostRefused(sentence, 'credentials', { cause });
}
