import { mayHaveHappened, platformError } from './errors.ts';

/**
 * Calls AWS to read something and gives its errors as the port's. An abort rejects at once with the signal's own reason, also while the
 * SDK waits to try again. For changes there is `changeAws`.
 * `what` finishes the sentence "Could not …".
 */
export async function callAws<Answer>(
  what: string,
  signal: AbortSignal,
  call: (options: { abortSignal: AbortSignal }) => Promise<Answer>,
): Promise<Answer> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const abort = new Promise<never>((_, reject) => {
    const end = () => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true, signal: ended.signal });
  });
  try {
    return await Promise.race([call({ abortSignal: signal }), abort]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw platformError(error, what);
  } finally {
    ended.abort();
  }
}

/** Makes the SDK give up: it is no error that it would try again after. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Goes around every attempt of the SDK: as a middleware of the command's step `deserialize`, where one is one request. */
type Attempt = <Answer>(send: () => Promise<Answer>) => Promise<Answer>;

/**
 * As `callAws`, to change something: a request that is out is never cut, for AWS would carry it out later, after what the
 * abort leads to. An abort is reported as soon as no request is out, and nothing is sent after it; a change that was
 * answered by then is returned. `onUnclear` is told of every attempt that AWS may still carry out. `mayRepeat: false` is for
 * a change that has no second effect only when somebody looks first: then the first unclear attempt is the last.
 */
export async function changeAws<Answer>(
  what: string,
  {
    signal,
    onUnclear = () => undefined,
    mayRepeat = true,
  }: { signal: AbortSignal; onUnclear?: () => void; mayRepeat?: boolean },
  call: (attempt: Attempt) => Promise<Answer>,
): Promise<Answer> {
  signal.throwIfAborted();
  let requestsOut = 0;
  const unclear: unknown[] = [];
  const isAborted = () => signal.aborted;
  const attempt: Attempt = async (send) => {
    if (isAborted()) throw new Stopped();
    requestsOut += 1;
    try {
      return await send();
    } catch (error) {
      if (mayHaveHappened(error)) {
        onUnclear();
        unclear.push(error);
      }
      throw isAborted() || (unclear.length > 0 && !mayRepeat) ? new Stopped() : error;
    } finally {
      requestsOut -= 1;
    }
  };
  const answer = call(attempt);
  try {
    return await callAws(what, signal, () => answer);
  } catch (error) {
    if (!isAborted() && !mayRepeat && unclear.length > 0) throw platformError(unclear[0], what);
    if (!isAborted() || requestsOut === 0) throw error;
    return await answer.catch(() => {
      throw signal.reason;
    });
  }
}

/** Makes every request of a command go through an attempt of `changeAws`. */
export function attemptBy<Request, Answer>(attempt: Attempt, command: Changing<Request, Answer>): void {
  command.middlewareStack.add((next) => (request) => attempt(() => next(request)), {
    step: 'deserialize',
    priority: 'high',
  });
}

/** A command of the SDK, as far as its requests can be gone around. */
type Changing<Request, Answer> = {
  middlewareStack: {
    add(
      around: (next: (request: Request) => Promise<Answer>) => (request: Request) => Promise<Answer>,
      options: { step: 'deserialize'; priority: 'high' },
    ): void;
  };
};
