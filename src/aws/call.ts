import { platformError } from './errors.ts';

/**
 * Calls AWS and gives its errors as the port's. An abort rejects at once with the signal's own reason, also while the
 * SDK waits to try again; the outcome of what was tried is then unknown.
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
