import { UserError } from '../src/domain/errors.ts';
import type { Asking, Reading } from './command.ts';
import { given, only } from './given.ts';
import { lockForm } from './lock-form.ts';
import { refuseUnknown, twoMeant } from './restriction-place.ts';
import { askWhichTime, readTimes, type Times } from './restriction-times.ts';
import { shown } from './shown.ts';
import { timedWords } from './timed-words.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

/** What words after `lock` come to. What could mean two things is asked, never guessed. */
export function lockFromWords(words: Words, asking: Asking): Reading {
  const { forge, person } = asking;
  refuseUnusable(words, 'lock', ['numbers', 'strategies', 'regions']);
  const timed = timedWords(words, forge.policy);
  refuseUnknown(timed.rest, 'lock', forge.policy);
  refuseOther(timed);
  const to = theReceiver(words);
  const read = readTimes(timed, { now: forge.now(), zone: person.timeZone });
  const known = given({
    ...{ environment: only(words.environments), service: only(words.services), why: words.why },
  });
  const inputOf = ({ until }: Times) => ({
    ...{ ...known, ...given({ to }) },
    ...(until === undefined ? {} : { until }),
  });
  const note = twoMeant(words);
  const times = read.kind === 'guess' ? read.times : (read.options[0]?.times ?? {});
  if (note !== undefined || read.kind === 'guess' || known.environment === undefined) {
    const content = { ...given(known), ...times, note: note ?? missing(read.kind) };
    const hidden = to === undefined ? {} : { hidden: { to } };
    return { kind: 'reply', reply: lockForm({ ...content, ...hidden }, asking) };
  }
  if (read.options.length > 1) return askWhichTime(read, { command: 'lock', input: inputOf }, asking);
  return { kind: 'input', value: inputOf(times) };
}

function refuseOther({ from, isEverywhere }: ReturnType<typeof timedWords>): void {
  if (isEverywhere) {
    throw new UserError(
      'Nothing was done: a lock is of one environment. To keep everybody from starting anything anywhere, a release manager types `/forge freeze everywhere …`.',
    );
  }
  if (from === undefined) return;
  throw new UserError(
    'Nothing was done: a lock begins at once and takes no `from`. For a later time, a release manager types `/forge freeze … from …`.',
  );
}

/** Who is to have it. Throws a `UserError` for a name that Slack did not make a mention of, and for several. */
function theReceiver({ people, said }: Words): string | undefined {
  const names = said.filter((word) => word.startsWith('@'));
  if (names.length > 1) throw new UserError('Nothing was done: only one person can have a lock. Name one.');
  const [name] = names;
  if (name === undefined) return undefined;
  const to = only(people);
  if (to !== undefined) return to;
  throw new UserError(
    `Nothing was done: Slack did not say who “${shown(name)}” is. Choose the person from the list that opens when you type @.`,
  );
}

function missing(kind: 'sure' | 'guess'): string {
  return kind === 'guess'
    ? 'Is this the time you mean? Nothing is locked yet.'
    : 'Which environment, until when, and why? Nothing is locked yet.';
}
