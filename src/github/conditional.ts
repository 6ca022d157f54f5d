import type { Headers } from './send.ts';

/** How many answers are kept to be compared, and how many characters they have together at most. */
const MOST = { answers: 300, characters: 32 * 2 ** 20 };

type Answer = { data: unknown; headers: Headers };
type Kept = { etag: string; text: string; headers: Headers };

/**
 * The last answers by what was asked, with their ETags: an answer that has not changed costs nothing of the hourly limit.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export function createConditional(most = MOST) {
  /** As text, which takes the least room; the oldest first. */
  const kept = new Map<string, Kept>();
  let characters = 0;

  function drop(key: string): void {
    characters -= kept.get(key)?.text.length ?? 0;
    kept.delete(key);
  }

  return {
    get(key: string): (Answer & { etag: string }) | undefined {
      const one = kept.get(key);
      return one === undefined
        ? undefined
        : { etag: one.etag, headers: one.headers, data: JSON.parse(one.text) };
    },
    keep(key: string, { data, headers }: Answer): void {
      drop(key);
      const { etag } = headers;
      if (typeof etag !== 'string' || etag === '') return;
      const text = textOf(data);
      if (text === undefined) return;
      kept.set(key, { etag, text, headers: { etag, link: headers.link } });
      characters += text.length;
      for (const [oldest] of kept) {
        if (kept.size <= most.answers && characters <= most.characters) return;
        drop(oldest);
      }
    },
  };
}

/** Undefined where it would come back as something else: the client reads large numbers as what JSON cannot hold. */
function textOf(data: unknown): string | undefined {
  try {
    return JSON.stringify(data);
  } catch {
    return undefined;
  }
}
