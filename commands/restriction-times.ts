import { UserError } from '../src/domain/errors.ts';
import { minutesBeforeUtc } from '../src/domain/local-time.ts';
import { LIMITS } from '../views/limits.ts';
import { timeQuestion } from '../views/time-question.ts';
import type { Asking, Reading } from './command.ts';
import { type Here, type ReadTime, readDuration, readTime } from './read-time.ts';
import { shown } from './shown.ts';
import type { TimedWords } from './timed-words.ts';

/** Milliseconds since the epoch. */
export type Times = { from?: number; until?: number };

export type TimesRead =
  /** Several where the clock shows one of them twice; `label` tells them apart. */
  | { kind: 'sure'; options: { times: Times; label: string }[]; said: string }
  /** A form may propose them. */
  | { kind: 'guess'; times: Times };

/** What the words say of beginning and end. Throws a `UserError` for a time nobody could be sure of, or that there is not. */
export function readTimes(timed: TimedWords, here: Here): TimesRead {
  if (timed.isContradictory) {
    throw new UserError(
      'Nothing was done: you named more than one beginning or end. Name each once, like `from Friday 18:00 until Monday 9:00`.',
    );
  }
  const from =
    timed.from === undefined ? undefined : requireTime(readTime(timed.from, here), timed.from, here);
  const until = readUntil(timed, from, here);
  const isGuess = from?.kind === 'guess' || until?.kind === 'guess';
  const options = timesOf(from).flatMap((begin) =>
    timesOf(until).map((end) => ({
      times: {
        ...(begin === undefined ? {} : { from: begin }),
        ...(end === undefined ? {} : { until: end }),
      },
      label: [labelOf(from, begin, here.zone), labelOf(until, end, here.zone)].filter(Boolean).join(', '),
    })),
  );
  const [first] = options;
  if (isGuess) return { kind: 'guess', times: first?.times ?? {} };
  const said = [from, until].flatMap((read, index) =>
    read?.kind === 'twice' ? [(index === 0 ? timed.from : timed.until) ?? ''] : [],
  );
  return { kind: 'sure', options, said: said.join(' and ') };
}

/** Throws a `UserError` for what is no time at all; else what it is. */
export function requireTime(
  read: ReadTime,
  said: string,
  { zone }: Here,
): Exclude<ReadTime, { kind: 'unclear' | 'skipped' }> {
  if (read.kind === 'skipped') {
    throw new UserError(
      `Nothing was done: there is no “${shown(said)}” in ${zone}. The clocks go on that night and skip it; name a time an hour earlier or later.`,
    );
  }
  if (read.kind !== 'unclear') return read;
  throw new UserError(
    `Nothing was done: Forge is not sure what time “${shown(said)}” is. Type it like \`tomorrow 18:00\`, \`Friday 9:30\`, \`2026-11-27 18:00\` or \`in 2 hours\`; it counts in ${zone}, your time zone in Slack.`,
  );
}

/** Which of the two times is meant, asked with a button for each that carries the whole command. */
export function askWhichTime(
  read: Extract<TimesRead, { kind: 'sure' }>,
  { command, input }: { command: string; input: (times: Times) => unknown },
  { person }: Asking,
): Reading {
  const options = read.options.map(({ times, label }) => ({ label, value: input(times) }));
  const isTooLong = options.some(({ value }) => JSON.stringify(value).length > LIMITS.buttonValue);
  if (isTooLong) {
    const [one = ''] = read.options.map(({ label }) => label);
    throw new UserError(
      `Nothing was done: the clocks go back then, so “${shown(read.said)}” comes twice. Type which one you mean, like \`${one}\` after the time.`,
    );
  }
  const message = timeQuestion({ command, said: read.said, zone: person.timeZone, options });
  return { kind: 'reply', reply: { kind: 'private', message } };
}

function readUntil(timed: TimedWords, from: ReadTime | undefined, here: Here) {
  if (timed.until !== undefined) return requireTime(readTime(timed.until, here), timed.until, here);
  if (timed.for === undefined) return undefined;
  if (from?.kind === 'twice') {
    throw new UserError(
      'Nothing was done: the clocks go back then, so that beginning comes twice. Type the end too, with `until`.',
    );
  }
  const begin = from?.kind === 'at' || from?.kind === 'guess' ? from.at : here.now;
  return requireTime(readDuration(timed.for, { ...here, now: begin }), timed.for, here);
}

function timesOf(read: ReadTime | undefined): (number | undefined)[] {
  if (read === undefined) return [undefined];
  switch (read.kind) {
    case 'at':
    case 'guess':
      return [read.at];
    case 'twice':
      return [...read.at];
    case 'skipped':
    case 'unclear':
      return [];
  }
}

/** `UTC-4`, `UTC+5:30`: as it can be typed, too. */
function labelOf(read: ReadTime | undefined, at: number | undefined, zone: string): string {
  if (read?.kind !== 'twice' || at === undefined) return '';
  const before = minutesBeforeUtc(at, zone);
  const minutes = Math.abs(before) % 60;
  const hours = Math.floor(Math.abs(before) / 60);
  const sign = before < 0 ? '-' : '+';
  return `UTC${sign}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}
