import type { Case, Evidence, Violation } from './evidence.ts';
import { abortViolations } from './invariants/aborts.ts';
import { attemptViolations } from './invariants/attempts.ts';
import { childViolations } from './invariants/children.ts';
import { commitViolations } from './invariants/commits.ts';
import { effectViolations } from './invariants/effects.ts';
import { endViolations } from './invariants/ends.ts';
import { journalViolations } from './invariants/journal.ts';
import { keyViolations } from './invariants/keys.ts';
import { leadingViolations } from './invariants/leading.ts';
import { pauseViolations } from './invariants/pauses.ts';
import { signalViolations } from './invariants/signals.ts';
import { soundnessViolations } from './invariants/soundness.ts';
import { startViolations } from './invariants/starts.ts';
import { turnViolations } from './invariants/turns.ts';
import { type Whole, wholeOf } from './invariants/whole.ts';

/** What is judged run by run. */
const ofEachRun: Record<string, (subject: Case, whole: Whole) => string[]> = {
  ends: endViolations,
  journal: journalViolations,
  attempts: attemptViolations,
  turns: turnViolations,
  effects: effectViolations,
  signals: signalViolations,
  commits: commitViolations,
  aborts: abortViolations,
  pauses: pauseViolations,
  children: childViolations,
};

const ofTheWhole: Record<string, (whole: Whole) => string[]> = {
  keys: keyViolations,
  starts: startViolations,
  leading: leadingViolations,
  soundness: soundnessViolations,
};

/** Everything the engine promises and did not keep; empty when all is well. */
export function violations(evidence: Evidence): Violation[] {
  const whole = wholeOf(evidence);
  const found: Violation[] = [];
  for (const [rule, judge] of Object.entries(ofTheWhole)) {
    found.push(...judge(whole).map((what) => ({ rule, run: undefined, what })));
  }
  for (const subject of whole.cases.values()) {
    for (const [rule, judge] of Object.entries(ofEachRun)) {
      found.push(...judge(subject, whole).map((what) => ({ rule, run: subject.run.id, what })));
    }
  }
  return found;
}
