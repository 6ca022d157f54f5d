import type { Json } from '../../src/domain/json.ts';
import type { JournalEntry, Outcome } from './driver.ts';
import { durationMs } from './duration.ts';
import { type Attempt, Fatal, type OperationOptions, TimeLimitReached } from './engine.ts';
import { journalValue } from './journal-value.ts';
import type { Reached } from './live-run.ts';
import { causeOf, failureOf } from './outcome.ts';
import { answerTo } from './question.ts';
import { backoffMs } from './retry.ts';
import { carryOut, parkUntil, type Setting } from './setting.ts';
import { never } from './term.ts';

type Call<Value> = {
  reached: Reached;
  body: (attempt: Attempt) => Promise<Value>;
  options: OperationOptions<Value>;
};

/** Carries out `body` until it succeeds or fails for good, and records that. */
export function operation<Value extends Json | undefined>(
  call: Call<Value>,
  setting: Setting,
): Promise<Value> {
  return carryOut(call.reached, () => tryUntilSettled(call, setting), setting);
}

async function tryUntilSettled<Value>(call: Call<Value>, setting: Setting): Promise<Outcome> {
  const { run, term } = setting;
  requireReconcile(call);
  let entry = call.reached.past;
  for (;;) {
    if (isPostponed(entry)) await parkUntil(entry.dueAt, call.reached, setting);
    if (needsAnswer(entry, call)) {
      const answer = await answerTo(
        { reached: call.reached, entry, question: call.options.question },
        setting,
      );
      if (answer !== undefined) return answer;
    }
    await term.mayBegin();
    if (run.isDismissed) return never();
    entry = await run.busy(tryOnce(call, setting));
    if (entry.outcome !== undefined) return entry.outcome;
  }
}

/** Found out at the first attempt, not after the first crash. */
function requireReconcile<Value>({ options, reached }: Call<Value>): void {
  if (options.onUnknown !== 'reconcile' || options.reconcile !== undefined) return;
  throw new Fatal(
    `Operation "${reached.place.name}" has onUnknown "reconcile" and no reconcile: give it one`,
  );
}

/** While an attempt runs, its time is that of the question about it. */
function isPostponed(entry: JournalEntry | undefined): entry is JournalEntry & { dueAt: number } {
  return entry?.dueAt !== undefined && !entry.running;
}

/** Only an attempt that never reported is asked about: one that failed is known to have. */
function needsAnswer<Value>(entry: JournalEntry | undefined, call: Call<Value>): entry is JournalEntry {
  return call.options.onUnknown === 'ask' && entry?.running === true;
}

/** One attempt, recorded: the entry has an outcome, or the time of the next attempt. One that was cut stays unknown. */
async function tryOnce<Value>(call: Call<Value>, setting: Setting): Promise<JournalEntry> {
  const { run, term } = setting;
  const { place } = call.reached;
  const entry = await term.call((leadership) => leadership.begin(place));
  if (entry.outcome !== undefined) return entry;
  const { outcome, pauseMs } = await attempt(call, entry, setting);
  // Cut because the run is over here: that says nothing of the effect, and the run may be tried again.
  if (run.isDismissed && outcome.kind === 'failed') return entry;
  if (pauseMs === undefined || (place.deliverAbort && run.abort !== undefined)) {
    return { ...entry, outcome: await term.call((leadership) => leadership.record(place, outcome)) };
  }
  const dueAt = term.clock.now() + pauseMs;
  await term.call((leadership) => leadership.postpone(place, dueAt));
  return { ...entry, running: false, dueAt };
}

/** How it ended, and after what pause another attempt may mend that. */
async function attempt<Value>(
  call: Call<Value>,
  entry: JournalEntry,
  { run, term, driver }: Setting,
): Promise<{ outcome: Outcome; pauseMs?: number | undefined }> {
  const { name, deliverAbort } = call.reached.place;
  const controller = new AbortController();
  const stopTimer = limitTime(call, controller, term.clock);
  const signal = AbortSignal.any([controller.signal, term.over]);
  try {
    const value = await run.attempt({ controller, deliverAbort }, () => carryOutBody(call, entry, signal));
    return { outcome: { kind: 'ok', value: journalValue(value, `Operation "${name}"`) } };
  } catch (thrown) {
    const damage = driver.damageIn(thrown);
    if (damage !== undefined) {
      await term.giveUp(damage);
      return never();
    }
    const error = causeOf(thrown, controller.signal);
    const pauseMs = backoffMs(call.options.retry, { attempt: entry.attempt, error });
    return { outcome: failureOf(error), pauseMs };
  } finally {
    stopTimer();
  }
}

async function carryOutBody<Value>(
  call: Call<Value>,
  entry: JournalEntry,
  signal: AbortSignal,
): Promise<Value> {
  const { place } = call.reached;
  const { reconcile, onUnknown, idempotencyKey } = call.options;
  const details = {
    attempt: entry.attempt,
    unknown: entry.unknown,
    idempotencyKey: idempotencyKey ?? `${place.run}:${place.sequence}:${place.name}`,
    signal,
  };
  if (entry.unknown && reconcile !== undefined && (onUnknown ?? 'reconcile') === 'reconcile') {
    const found = await reconcile(details);
    if (found.done) return found.value;
  }
  return call.body(details);
}

function limitTime<Value>(
  { options, reached }: Call<Value>,
  controller: AbortController,
  clock: Setting['term']['clock'],
): () => void {
  const { within } = options;
  if (within === undefined) return () => undefined;
  const timer = new AbortController();
  const timeIsUp = () =>
    controller.abort(
      new TimeLimitReached(`Operation "${reached.place.name}" did not end within ${durationMs(within)} ms`),
    );
  clock.sleep(durationMs(within), timer.signal).then(timeIsUp, () => undefined);
  return () => timer.abort();
}
