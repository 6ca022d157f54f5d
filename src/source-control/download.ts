import { createHash } from 'node:crypto';
import { PlatformUnavailable } from '../ports/platform.ts';

/** Milliseconds. */
const WITHIN = 10_000;
/** The config of an image has a few kilobytes. Bytes. */
const MOST = 1_000_000;

/**
 * The text behind an address that ECR gave out, if it is exactly what the digest names. The address itself is a secret for some
 * minutes, so no error holds it. Throws PlatformUnavailable, or what the signal says.
 */
export async function download(
  wanted: { url: string; digest: string; what: string },
  signal: AbortSignal,
): Promise<string> {
  const bytes = await fetched(wanted, signal);
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` === wanted.digest)
    return bytes.toString('utf8');
  throw new PlatformUnavailable(`Could not read ${wanted.what}: what came is not what was asked for.`);
}

async function fetched({ url, what }: { url: string; what: string }, signal: AbortSignal): Promise<Buffer> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN)]) });
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
      throw new PlatformUnavailable(`Could not read ${what}: the answer was ${answer.status}.`);
    }
    return await limited(answer.body, what);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PlatformUnavailable) throw error;
    throw new PlatformUnavailable(`Could not read ${what}: nothing answered.`, { cause: error });
  }
}

async function limited(body: ReadableStream<Uint8Array>, what: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST) throw new PlatformUnavailable(`Could not read ${what}: it is far too long.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
