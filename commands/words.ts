import { UserError } from '../src/domain/errors.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Typed } from './typed.ts';

/** Typed words sorted by what they are. Each list is in the order typed. */
export type Words = {
  services: string[];
  environments: string[];
  strategies: string[];
  regions: string[];
  /** Deployment numbers, from `#142`; for `142` alone see `withBareNumbers`. */
  numbers: number[];
  /** Everything else: a version, a branch, a commit, or a misspelt word. */
  rest: string[];
  /** Every word as typed, in order, also those above: for what depends on their order. */
  said: string[];
  /** Slack ids of the people who were mentioned. */
  people: string[];
  /** What followed `because`. */
  why?: string;
};

/** Words that help a sentence read and change nothing. */
export const FILLERS: ReadonlySet<string> = new Set([
  'to',
  'on',
  'in',
  'of',
  'the',
  'for',
  'please',
  'with',
  'back',
  'now',
]);
const STRATEGIES: ReadonlySet<string> = new Set(['rolling', 'blue-green', 'canary']);

/** Sorts the words beside the command's name. */
export function sortWords({ words: typed, people = [], why }: Typed, policy: Policy): Words {
  const regions = new Set(policy.environments.flatMap((environment) => environment.regions));
  const words: Words = {
    services: [],
    environments: [],
    strategies: [],
    regions: [],
    numbers: [],
    rest: [],
    said: [...typed],
    people: [...people],
  };
  for (const word of typed) {
    const known = word.toLowerCase();
    const number = /^#(\d{1,9})$/u.exec(word)?.[1];
    if (number !== undefined) addNumber(Number(number), words.numbers);
    else if (policy.services.some(({ name }) => name === known)) add(known, words.services);
    else if (policy.environments.some(({ name }) => name === known)) add(known, words.environments);
    else if (STRATEGIES.has(known)) add(known, words.strategies);
    else if (regions.has(known)) words.regions.push(known);
    else if (!FILLERS.has(known)) add(word, words.rest);
  }
  return why === undefined ? words : { ...words, why };
}

/** Said twice is said once. */
function add(name: string, names: string[]): void {
  if (!names.includes(name)) names.push(name);
}

function addNumber(number: number, numbers: number[]): void {
  if (!numbers.includes(number)) numbers.push(number);
}

/**
 * The same for a command that is about one deployment: there digits alone are its number, as with the sign. Elsewhere
 * they may be a version or a commit.
 */
export function withBareNumbers(words: Words): Words {
  const numbers = [...words.numbers];
  for (const word of words.rest) if (isDigits(word)) addNumber(Number(word), numbers);
  return { ...words, numbers, rest: words.rest.filter((word) => !isDigits(word)) };
}

/** The one deployment that was named. Throws a `UserError` when there is none or more than one. */
export function theNumber(words: Words, command: string): number {
  const { numbers } = withBareNumbers(words);
  const [number, another] = numbers;
  if (number !== undefined && another === undefined) return number;
  if (another !== undefined) {
    const named = numbers.map((one) => `#${one}`).join(' and ');
    throw new UserError(`Nothing was done: name one deployment; you named ${named}.`);
  }
  throw new UserError(
    `Which deployment? Type its number, like \`/forge ${command} #142\`. \`/forge status\` shows what is under way.`,
  );
}

/** A number somebody typed without its sign. */
export function numberMeant(words: Words): string | undefined {
  const digits = words.rest.find(isDigits);
  return digits === undefined ? undefined : `#${digits}`;
}

function isDigits(word: string): boolean {
  return /^\d{1,9}$/u.test(word);
}
