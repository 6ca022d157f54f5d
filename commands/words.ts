import { UserError } from '../src/domain/errors.ts';
import type { Policy } from '../src/domain/policy.ts';

/** Typed words sorted by what they are. Each list is in the order typed. */
export type Words = {
  services: string[];
  environments: string[];
  strategies: string[];
  regions: string[];
  /** Deployment numbers, from `#142`. */
  numbers: number[];
  /** Everything else: a version, a branch, a commit, or a misspelt word. */
  rest: string[];
  /** What followed `because`. */
  why?: string;
};

/** Words that help a sentence read and change nothing. */
const FILLERS: ReadonlySet<string> = new Set([
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
/** A reason is read by people; a longer one is a document. Characters. */
const LONGEST_REASON = 3000;

/** Sorts the words after the command's name. Throws a `UserError` for a reason that is empty or too long. */
export function sortWords(text: string, policy: Policy): Words {
  const { before, why } = splitReason(text);
  const regions = new Set(policy.environments.flatMap((environment) => environment.regions));
  const words: Words = { services: [], environments: [], strategies: [], regions: [], numbers: [], rest: [] };
  for (const word of before.split(/\s+/u).filter((part) => part !== '')) {
    const known = word.toLowerCase();
    const number = /^#(\d{1,9})$/u.exec(word)?.[1];
    if (number !== undefined) words.numbers.push(Number(number));
    else if (policy.services.some(({ name }) => name === known)) words.services.push(known);
    else if (policy.environments.some(({ name }) => name === known)) words.environments.push(known);
    else if (STRATEGIES.has(known)) words.strategies.push(known);
    else if (regions.has(known)) words.regions.push(known);
    else if (!FILLERS.has(known)) words.rest.push(word);
  }
  return why === undefined ? words : { ...words, why };
}

function splitReason(text: string): { before: string; why?: string } {
  const match = /(?:^|\s)because(?:\s|:|$)/iu.exec(text);
  if (match === null) return { before: text };
  const why = text.slice(match.index + match[0].length).trim();
  if (why === '') {
    throw new UserError(
      'Nothing was done: there is no reason after “because”. Type one, or leave the word out.',
    );
  }
  if ([...why].length > LONGEST_REASON) {
    throw new UserError(
      `Nothing was done: the reason has ${[...why].length} characters and may have ${LONGEST_REASON}. Shorten it, and link to the rest.`,
    );
  }
  return { before: text.slice(0, match.index), why };
}

/** The one deployment that was named. Throws a `UserError` when there is none or more than one. */
export function theNumber(words: Words, command: string): number {
  const [number, another] = words.numbers;
  if (number !== undefined && another === undefined) return number;
  if (another !== undefined) {
    throw new UserError(`Nothing was done: name one deployment, not ${words.numbers.length}.`);
  }
  const [digits] = words.rest.filter((word) => /^\d{1,9}$/u.test(word));
  const hint = digits === undefined ? '#142' : `#${digits}`;
  throw new UserError(
    `Which deployment? Type its number with the sign, like \`/forge ${command} ${hint}\`. \`/forge status\` shows what is under way.`,
  );
}
