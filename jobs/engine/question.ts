import type { Json } from '../../src/domain/json.ts';
import type { JournalEntry, Outcome } from './driver.ts';
import { durationMs } from './duration.ts';
import { nobody, type OpenQuestion, type Question } from './engine.ts';
import type { Reached } from './live-run.ts';
import { type Setting, write } from './setting.ts';
import { never } from './term.ts';

type Asked = { reached: Reached; entry: JournalEntry; question: Question | undefined };

/**
 * Waits until a person says what became of an attempt nobody has heard of again, or until the question's deadline.
 * Answers are signals named `answer:<sequence>:<attempt>`: "redo" begins another attempt, "done" or { "done": value }
 * takes it as done, "failed" as failed; the first one that is any of these counts, and another is reported. Undefined: another
 * attempt is to be begun (or an abort to be met).
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
  setting: Setting,
): Promise<Outcome | undefined> {
  const { run, term } = setting;
  const { answer: name, deadline } = open;
  const safe = safeOutcome(open);
  let heard = 0;
  for (;;) {
    const seen = run.bell.rings;
    if (run.isDismissed) return await never();
    if (place.deliverAbort && run.abort !== undefined) return undefined;
    const answers = await term.call((leadership) => leadership.peek(run.id, name));
    const answer = answers.find(isAnswer);
    if (answer === 'redo') return undefined;
    if (answer !== undefined) {
      return write((leadership) => leadership.record(place, outcomeOf(answer, place.name)), setting);
    }
    for (const other of answers.slice(heard)) term.report(notUnderstood(other, open));
    heard = answers.length;
    if (deadline === undefined || term.clock.now() < deadline) {
      await run.bell.wait(term.clock, { seen, until: deadline });
      continue;
    }
    // An answer may come at this very moment: then the next look finds it.
    const unanswered = { answer: name, heard, outcome: safe };
    const given = await write((leadership) => leadership.recordUnanswered(place, unanswered), setting);
    if (given !== undefined) return given;
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

type Answer = 'redo' | 'done' | 'failed' | { done: Json };

function isAnswer(value: Json): value is Answer {
  if (typeof value === 'object') return value !== null && 'done' in value;
  return value === 'redo' || value === 'done' || value === 'failed';
}

function outcomeOf(answer: Exclude<Answer, 'redo'>, operation: string): Outcome {
  if (answer === 'done') return { kind: 'ok' };
  if (answer !== 'failed') return { kind: 'ok', value: answer.done };
  return {
    kind: 'failed',
    errorName: 'Fatal',
    message: `A person said that operation "${operation}" failed`,
  };
}

function notUnderstood(value: Json, { run, answer }: OpenQuestion): Error {
  return new Error(
    `Run ${run} cannot take ${JSON.stringify(value)} as ${answer}: send it "redo", "done", { "done": value } or "failed", with an id of its own`,
  );
}
