import type { Json } from '../../src/domain/json.ts';
import type { JournalEntry, Outcome } from './driver.ts';
import type { Reached } from './live-run.ts';
import type { Setting } from './setting.ts';

/**
 * Waits until a person says what became of an attempt nobody has heard of again. Answers are signals named
 * `answer:<sequence>:<attempt>`: "redo" begins another attempt, "done" or { "done": value } takes it as done,
 * "failed" as failed. Undefined: another attempt is to be begun (or an abort to be met).
 */
export async function answerTo(
  { place }: Reached,
  entry: JournalEntry,
  { run, term, onQuestion }: Setting,
): Promise<Outcome | undefined> {
  const name = `answer:${place.sequence}:${entry.attempt}`;
  const expectation = { name };
  run.expected.add(expectation);
  onQuestion({ run: run.id, operation: place.name, answer: name });
  try {
    for (;;) {
      const seen = run.bell.rings;
      if (place.deliverAbort && run.abort !== undefined) return undefined;
      const answer = await term.call((leadership) => leadership.peek(run.id, name));
      if (answer === 'redo') return undefined;
      const outcome = outcomeOf(answer, place.name);
      if (outcome !== undefined) return await term.call((leadership) => leadership.record(place, outcome));
      await run.bell.wait(term.clock, { seen });
    }
  } finally {
    run.expected.delete(expectation);
  }
}

function outcomeOf(answer: Json | undefined, operation: string): Outcome | undefined {
  if (answer === 'done') return { kind: 'ok' };
  if (answer === 'failed') {
    return {
      kind: 'failed',
      errorName: 'Fatal',
      message: `A person said that operation "${operation}" failed`,
    };
  }
  const isObject = typeof answer === 'object' && answer !== null;
  return isObject && 'done' in answer ? { kind: 'ok', value: answer.done } : undefined;
}
