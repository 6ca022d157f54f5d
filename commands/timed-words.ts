import type { Policy } from '../src/domain/policy.ts';
import { FILLERS, type Words } from './words.ts';

/** Words about a time, by what they say of it, in the order typed. */
export type TimedWords = {
  until?: string;
  from?: string;
  /** A duration. */
  for?: string;
  /** What stands before any of these: a time too, or words nobody knows. */
  rest: string[];
  /** It is to be about every environment. */
  isEverywhere: boolean;
  /** Something was said twice, so that nobody knows which counts. */
  isContradictory: boolean;
};

type Part = 'until' | 'from' | 'for';
const PARTS: Readonly<Record<string, Part>> = { until: 'until', till: 'until', from: 'from', for: 'for' };
/** Beside an environment it is all services there. */
const EVERYTHING: ReadonlySet<string> = new Set(['everything', 'all']);

/** Sorts words into what they say of a time; names, mentions and ids, which may stand anywhere, are left out. */
export function timedWords({ said, environments }: Words, policy: Policy): TimedWords {
  const parts: Partial<Record<Part, string[][]>> = {};
  const rest: string[] = [];
  let isEverywhere = false;
  let current = rest;
  for (const word of said) {
    const lower = word.toLowerCase();
    const part = Object.hasOwn(PARTS, lower) ? PARTS[lower] : undefined;
    if (part !== undefined) {
      current = [];
      parts[part] = [...(parts[part] ?? []), current];
    } else if (lower === 'everywhere') isEverywhere = true;
    else if (EVERYTHING.has(lower)) isEverywhere ||= environments.length === 0;
    else if (!isName(lower, policy) && !word.startsWith('@')) current.push(word);
  }
  const [until, from, duration] = (['until', 'from', 'for'] as const).map((part) =>
    (parts[part] ?? []).map(phrase).filter((words) => words !== ''),
  );
  return {
    ...(until?.[0] === undefined ? {} : { until: until[0] }),
    ...(from?.[0] === undefined ? {} : { from: from[0] }),
    ...(duration?.[0] === undefined ? {} : { for: duration[0] }),
    rest: phrase(rest)
      .split(' ')
      .filter((word) => word !== ''),
    isEverywhere,
    isContradictory:
      [until, from, duration].some((said) => (said ?? []).length > 1) ||
      (until?.[0] !== undefined && duration?.[0] !== undefined),
  };
}

/** Without the words at its ends that change nothing; `in` begins a duration. */
function phrase(words: readonly string[]): string {
  const isFiller = (word: string | undefined) =>
    word !== undefined && FILLERS.has(word.toLowerCase()) && word.toLowerCase() !== 'in';
  let [from, to] = [0, words.length];
  while (from < to && isFiller(words[from])) from += 1;
  while (from < to && (isFiller(words[to - 1]) || words[to - 1]?.toLowerCase() === 'in')) to -= 1;
  return words.slice(from, to).join(' ');
}

function isName(word: string, { services, environments }: Policy): boolean {
  return [...services, ...environments].some(({ name }) => name === word);
}
