import type { Json } from '../../src/domain/json.ts';
import type { JournalEntry, Outcome } from './driver.ts';
import { durationMs } from './duration.ts';
import { nobody, type OpenQuestion, type Question } from './engine.ts';
import type { Reached } from './live-run.ts';
import type { Setting } from './setting.ts';

type Asked = { reached: Reached; entry: JournalEntry; question: Question | undefined };

/**
 * Waits until a person says what became of an attempt nobody has heard of again, or until the question's deadline.
 * Answers are signals named `answer:<sequence>:<attempt>`: "redo" begins another attempt, "done" or { "done": value }
 * takes it as done, "failed" as failed; the first one counts. Undefined: another attempt is to be begun (or an abort to be met).
 */
export async function answerTo(asked: Asked, setting: Setting): Promise<Outcome | undefined> {
  const { run, onQuestion } = setting;
  const open = await opened(asked, setting);
  const expectation = { name: open.answer };
  run.expected.add(expectation);
  run.questions.add(open);
  onQuestion(open);
  try {
    return await answered(asked.reached, open, setting);
  } finally {
    run.expected.delete(expectation);
    run.questions.delete(open);
  }
}

/** Its deadline is the first one, however often the question is opened again. */
async function opened({ reached, entry, question }: Asked, { run, term }: Setting): Promise<OpenQuestion> {
  const { place } = reached;
  const open = {
    run: run.id,
    operation: place.name,
    answer: `answer:${place.sequence}:${entry.attempt}`,
    otherwise: question?.otherwise,
    about: question?.about ?? null,
  };
  if (question === undefined) return { ...open, deadline: undefined };
  const dueAt = term.clock.now() + durationMs(question.within);
  return { ...open, deadline: await term.call((leadership) => leadership.ask(place, dueAt)) };
}

async function answered(
  { place }: Reached,
  open: OpenQuestion,
  { run, term }: Setting,
): Promise<Outcome | undefined> {
  const { answer: name, deadline } = open;
  for (;;) {
    const seen = run.bell.rings;
    if (place.deliverAbort && run.abort !== undefined) return undefined;
    const answer = await term.call((leadership) => leadership.peek(run.id, name));
    if (answer === 'redo') return undefined;
    const outcome = outcomeOf(answer, place.name);
    if (outcome !== undefined) return term.call((leadership) => leadership.record(place, outcome));
    if (deadline !== undefined && term.clock.now() >= deadline) {
      // An answer may come at this very moment: then the next look finds it.
      const given = await term.call((leadership) =>
        leadership.recordUnanswered(place, { answer: name, outcome: safeOutcome(open) }),
      );
      if (given !== undefined) return given;
      continue;
    }
    await run.bell.wait(term.clock, { seen, until: deadline });
  }
}

function safeOutcome({ operation, otherwise }: OpenQuestion): Outcome {
  if (otherwise === 'abort') {
    return { kind: 'aborted', by: nobody, reason: 'nobody answered the question in time' };
  }
  return {
    kind: 'failed',
    errorName: 'NobodyAnswered',
    message: `Nobody said in time what became of operation "${operation}"`,
  };
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
