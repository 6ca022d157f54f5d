import type { Random } from '../random.ts';
import { drawScript, steadyOperation } from './draw-script.ts';
import type { Script } from './script.ts';

/** What somebody outside asks of a run. */
export type Deed =
  | { kind: 'signal'; name: string; id: string; value: string }
  | { kind: 'abort' }
  | { kind: 'pause' }
  | { kind: 'resume' };

/** A run and everything that happens to it from outside. Drawn before anything begins, so a seed gives it again. */
export type Story = {
  run: string;
  script: Script;
  key: string | undefined;
  priority: number;
  /** How long after it is asked for it may start, in milliseconds. */
  delayMs: number;
  /** Asked for a second time, which must do nothing. */
  isAskedTwice: boolean;
  /** Before the run exists. */
  early: Deed[];
  /** Milliseconds after the run was asked for, in that order. */
  timed: { afterMs: number; deed: Deed }[];
  /** When the run has ended. */
  late: Deed[];
};

const keys = 8;
/** Of the deeds around a run, after which it has mostly ended. */
const spanMs = 1_200;

export function drawStory(index: number, random: Random): Story {
  const run = `run-${index}`;
  const story: Story = {
    run,
    script: drawScript(index, random),
    key: random.happens(0.75) ? `key-${Math.floor(random.between(0, keys))}` : undefined,
    priority: random.happens(0.1) ? 1 : 0,
    delayMs: random.happens(0.1) ? Math.floor(random.between(0, 600)) : 0,
    isAskedTwice: random.happens(0.1),
    early: [],
    timed: [],
    late: [],
  };
  addPauses(story, random);
  addSignals(story, random);
  addAborts(story, random);
  story.timed.sort((left, right) => left.afterMs - right.afterMs);
  return story;
}

function addSignals(story: Story, random: Random): void {
  for (const [index, act] of story.script.acts.entries()) {
    // A run sends itself the signals it alone knows of.
    if (act.kind !== 'wait' || act.signal.startsWith('self')) continue;
    if (act.withinMs !== undefined && random.happens(0.4)) continue;
    const copies = random.happens(0.15) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const id = `signal-${index}-${copy}`;
      const deed: Deed = { kind: 'signal', name: act.signal, id, value: `${id} of ${story.run}` };
      place(deed, story, random);
      // The same click twice: only the first counts, whatever the second says.
      if (random.happens(0.25)) place({ ...deed, value: `again ${deed.value}` }, story, random);
    }
  }
  if (random.happens(0.1)) {
    story.late.push({ kind: 'signal', name: 'go', id: 'late', value: 'too late' });
  }
}

function place(deed: Deed, story: Story, random: Random): void {
  if (random.happens(0.3)) story.early.push(deed);
  else story.timed.push({ afterMs: random.between(0, spanMs), deed });
}

function addAborts({ timed, late }: Story, random: Random): void {
  if (random.happens(0.05)) timed.push({ afterMs: 0, deed: { kind: 'abort' } });
  if (random.happens(0.22)) {
    timed.push({ afterMs: random.between(0, spanMs), deed: { kind: 'abort' } });
    if (random.happens(0.3)) timed.push({ afterMs: random.between(0, spanMs), deed: { kind: 'abort' } });
  }
  if (random.happens(0.08)) late.push({ kind: 'abort' });
}

/** Mostly of runs that wait for no key, and have enough to do: others are over before they can be paused. */
function addPauses({ timed, key, script }: Story, random: Random): void {
  if (!random.happens(key === undefined ? 0.35 : 0.08)) return;
  script.acts.unshift(...Array.from({ length: 4 }, () => steadyOperation(random)));
  const afterMs = random.happens(0.2) ? 0 : random.between(0, spanMs / 4);
  const resumedAfterMs = afterMs + random.between(1_500, 4_000);
  timed.push({ afterMs, deed: { kind: 'pause' } }, { afterMs: resumedAfterMs, deed: { kind: 'resume' } });
}
