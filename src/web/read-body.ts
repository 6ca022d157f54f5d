import type { IncomingMessage } from 'node:http';

/** `too-much`: more than one request may have, or all together. */
export type Body = { kind: 'read'; bytes: Buffer } | { kind: 'too-large' } | { kind: 'too-much' };

export type BodyReader = (request: IncomingMessage) => Promise<Body>;

/** Reads bodies of at most `one` byte count each and `all` together. Throws when the connection ends before the body does. */
export function createBodyReader({ one, all }: { one: number; all: number }): BodyReader {
  let held = 0;

  return async (request) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > one) return { kind: 'too-large' };
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        if (!Buffer.isBuffer(chunk)) throw new Error('The body came as text');
        if (size + chunk.length > one) return { kind: 'too-large' };
        if (held + chunk.length > all) return { kind: 'too-much' };
        size += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
      }
      return { kind: 'read', bytes: Buffer.concat(chunks) };
    } finally {
      held -= size;
    }
  };
}
