import type { Outcome } from './driver.ts';
import { endOf } from './duration.ts';
import type { Duration, Signalled } from './engine.ts';
import type { Reached } from './live-run.ts';
import { carryOut, parkUntil, type Setting, write } from './setting.ts';
import { never } from './term.ts';

type Span = Duration | { until: number };

export function sleep(reached: Reached, span: Span, setting: Setting): Promise<void> {
  return carryOut(reached, work, setting);

  async function work(): Promise<Outcome> {
    const { term } = setting;
    const dueAt = endOf(span, term.clock.now());
    const entry = await write((leadership) => leadership.open(reached.place, { dueAt }), setting);
    if (entry.outcome !== undefined) return entry.outcome;
    await parkUntil(entry.dueAt ?? dueAt, reached, setting);
    return write((leadership) => leadership.record(reached.place, { kind: 'ok' }), setting);
  }
}

type Wait = { signal: string; within: Span | undefined };

export function waitFor(
  reached: Reached,
  wait: Wait,
  setting: Setting,
): Promise<Signalled | { kind: 'timed-out' }> {
  return carryOut(reached, () => takeInTime(reached, wait, setting), setting);
}

async function takeInTime({ place }: Reached, wait: Wait, setting: Setting): Promise<Outcome> {
  const { run, term } = setting;
  const end = wait.within === undefined ? undefined : endOf(wait.within, term.clock.now());
  const entry = await write((leadership) => leadership.open(place, { dueAt: end }), setting);
  if (entry.outcome !== undefined) return entry.outcome;
  const wanted = { name: wait.signal, until: entry.dueAt };
  run.expected.add(wanted);
  try {
    for (;;) {
      const seen = run.bell.rings;
      if (run.isDismissed) return await never();
      const isLate = entry.dueAt !== undefined && term.clock.now() >= entry.dueAt;
      const taken = await write((leadership) => leadership.take(place, wanted), setting);
      if (taken !== undefined) return taken;
      if (isLate) {
        const timedOut: Outcome = { kind: 'ok', value: { kind: 'timed-out' } };
        return await write((leadership) => leadership.record(place, timedOut), setting);
      }
      await run.bell.wait(term.clock, { seen, until: entry.dueAt });
    }
  } finally {
    run.expected.delete(wanted);
  }
}
