import type { Policy } from '../src/domain/policy.ts';
import { type Here, type ReadTime, readTime } from './read-time.ts';
import { timedWords } from './timed-words.ts';
import { FILLERS, type Words } from './words.ts';

/** A time among words, and the words beside it. */
type FoundTime = {
  /** Absent: none of the words is a time. */
  time?: { read: Exclude<ReadTime, { kind: 'unclear' }>; said: string };
  rest: string[];
};

const MANY = 12;

/** Finds the longest run of words that is a time. Names, strategies and words that change nothing are no part of the rest. */
export function findTime(words: Words, policy: Policy, here: Here): FoundTime {
  const all = timedWords(words, policy).rest.filter((word) => !isOther(word, words));
  const meant = (rest: readonly string[]) => rest.filter((word) => !FILLERS.has(word.toLowerCase()));
  for (let length = Math.min(all.length, MANY); length > 0; length -= 1) {
    for (let from = 0; from + length <= all.length; from += 1) {
      const said = all.slice(from, from + length).join(' ');
      const read = isRelease(said) ? undefined : readTime(said, here);
      if (read === undefined || read.kind === 'unclear') continue;
      const rest = meant([...all.slice(0, from), ...all.slice(from + length)]);
      return { time: { read, said }, rest };
    }
  }
  return { rest: meant(all) };
}

/** Digits alone are a release or a number, whatever a reader of dates makes of them. */
function isRelease(said: string): boolean {
  return /^\d+$/u.test(said);
}

function isOther(word: string, { strategies, regions }: Words): boolean {
  const known = word.toLowerCase();
  return known === 'at' || /^#\d+$/u.test(word) || strategies.includes(known) || regions.includes(known);
}
