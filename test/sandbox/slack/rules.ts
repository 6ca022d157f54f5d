import { letters } from './samples.ts';

/** A rule, something just inside it, something just outside it, where in it that shows, and what Slack says. */
export type Row = [rule: string, inside: object, outside: object, at: string, message: string];

/** “… at most so many characters”. */
export function charactersAtMost(
  rule: string,
  most: number,
  make: (text: string) => object,
  at: string,
): Row {
  const message = `must be less than ${most + 1} characters`;
  return [
    `${rule} has at most ${most} characters`,
    make(letters(most)),
    make(letters(most + 1)),
    at,
    message,
  ];
}

/** “… at most so many items”. */
export function itemsAtMost(rule: string, most: number, make: (count: number) => object, at: string): Row {
  return [
    `${rule} has at most ${most}`,
    make(most),
    make(most + 1),
    at,
    `no more than ${most} items allowed`,
  ];
}

/** “… at least so many items”. */
export function itemsAtLeast(rule: string, least: number, make: (count: number) => object, at: string): Row {
  const message = `must provide at least ${least} items`;
  return [`${rule} has at least ${least}`, make(least), make(least - 1), at, message];
}

/** “… a number from one to another”. */
export function between(
  rule: string,
  [least, most]: readonly [number, number],
  make: (value: number) => object,
  at: string,
): Row[] {
  return [
    [`${rule} is at least ${least}`, make(least), make(least - 1), at, `must be greater than ${least - 1}`],
    [`${rule} is at most ${most}`, make(most), make(most + 1), at, `must be less than ${most + 1}`],
  ];
}

/** “… one of the words Slack knows”. */
export function known(rule: string, word: unknown, make: (word: unknown) => object, at: string): Row {
  return [`${rule} is a word Slack knows`, make(word), make('other'), at, 'must be a valid enum value'];
}
