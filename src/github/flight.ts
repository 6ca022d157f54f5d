import { MovedAway } from './errors.ts';

/** How long GitHub may take to answer one request. Milliseconds. */
const ANSWER_WITHIN = 10_000;

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** A `fetch` in which every request ends within so many milliseconds, with its whole answer. */
export function inTime(fetch: Fetch, within = ANSWER_WITHIN): Fetch {
  return async (address, init) => {
    const timeout = AbortSignal.timeout(within);
    const signal = init.signal == null ? timeout : AbortSignal.any([init.signal, timeout]);
    const response = await fetch(address, { ...init, signal });
    return whole(response);
  };
}

/**
 * The requests of one call. After an abort none is sent; a read is cut, a write that is out is not: GitHub would carry it out later,
 * after what the abort leads to. `cut` rejects with the signal's reason as soon as nothing is out.
 */
export function startFlight(request: { signal: AbortSignal; isWrite: boolean }, fetch: Fetch) {
  const { signal, isWrite } = request;
  const { promise: cut, reject } = Promise.withResolvers<never>();
  let isOut = false;
  const onAbort = () => {
    if (!isOut) reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort);
  cut.catch(() => undefined);

  const send = isWrite ? writing : reading;

  async function reading(address: string, init: RequestInit): Promise<Response> {
    signal.throwIfAborted();
    return fetch(address, { ...init, signal });
  }

  async function writing(address: string, init: RequestInit): Promise<Response> {
    signal.throwIfAborted();
    isOut = true;
    let isDone = false;
    try {
      const response = await fetch(address, { ...init, redirect: 'manual' });
      if (response.status >= 300 && response.status < 400) throw new MovedAway('The repository has moved');
      isDone = response.ok;
      return response;
    } finally {
      isOut = isDone;
      if (signal.aborted) onAbort();
    }
  }

  return {
    fetch: send,
    cut,
    end: () => signal.removeEventListener('abort', onAbort),
  };
}

/** Read to its end, so that its end is in time too. */
async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  return new Response(hasBody ? body : null, { status, statusText, headers });
}
