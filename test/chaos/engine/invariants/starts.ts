import { canonicalJson } from '../../../../src/domain/json.ts';
import type { Case, EntryFacts } from '../evidence.ts';
import { type Act, expectedOperations, ownSpawnId, type Script, startedByCommit } from '../script.ts';
import type { Whole } from './whole.ts';

/** A run that should be there. */
type Start = { id: string; script: Script; notBefore: number };

/** Every run that was asked for, spawned or committed is there once with its input, not before its time, and no other. */
export function startViolations(whole: Whole): string[] {
  const { evidence, cases } = whole;
  const found: string[] = [];
  const expected = new Set<string>();
  for (const { kind, run } of evidence.asked) if (kind === 'start') expected.add(run);
  for (const subject of cases.values()) {
    for (const start of startsOf(subject)) {
      expected.add(start.id);
      found.push(...startedViolations(start, whole));
    }
  }
  for (const id of expected) if (!cases.has(id)) found.push(`${id} was started and is not there`);
  for (const id of cases.keys()) if (!expected.has(id)) found.push(`${id} is there and nobody started it`);
  return [...found, ...[...cases.values()].flatMap(earlyViolations)];
}

function startedViolations({ id, script, notBefore }: Start, { cases }: Whole): string[] {
  const run = cases.get(id)?.run;
  if (run === undefined) return [];
  const found: string[] = [];
  if (canonicalJson(run.input) !== canonicalJson(script))
    found.push(`${id} has another input than it was given`);
  if (run.startAt < notBefore) found.push(`${id} may start ${notBefore - run.startAt} ms too early`);
  return found;
}

function earlyViolations({ run, lines }: Case): string[] {
  const first = Math.min(run.startedAt ?? Number.POSITIVE_INFINITY, ...lines.map(({ at }) => at));
  return first < run.startAt ? [`${run.id} began ${run.startAt - first} ms too early`] : [];
}

/** The runs that this one's journal says it started. */
function startsOf({ run, entries }: Case): Start[] {
  return expectedOperations(run.input).flatMap((expected, index) => {
    const entry = entries[index];
    const { act } = expected;
    if (entry === undefined || act === undefined || entry.kind !== expected.kind) return [];
    const before = entries[index - 1]?.endedAt ?? run.startedAt ?? 0;
    return startsOfAct({ run: run.id, place: run.input.acts.indexOf(act), entry, before }, act);
  });
}

type Origin = { run: string; place: number; entry: EntryFacts; before: number };

function startsOfAct({ run, place, entry, before }: Origin, act: Act): Start[] {
  const isDone = entry.outcome?.kind === 'ok';
  switch (act.kind) {
    case 'spawn': {
      const id = act.hasOwnId ? ownSpawnId(run, place) : `${run}/${entry.sequence}`;
      return isDone ? [{ id, script: act.script, notBefore: before + act.delayMs }] : [];
    }
    case 'commit': {
      const isWritten = isDone && !act.conflicts && act.starts !== undefined;
      return isWritten && act.starts !== undefined
        ? [{ id: startedByCommit(run, place), script: act.starts, notBefore: 0 }]
        : [];
    }
    case 'run-all': {
      const isOpened = entry.outcome?.kind !== 'aborted' || entry.endedAt !== entry.startedAt;
      const branches = Object.entries(act.branches);
      return isOpened
        ? branches.map(([branch, script]) => ({
            id: `${run}/${entry.sequence}/${branch}`,
            script,
            notBefore: 0,
          }))
        : [];
    }
    case 'operation':
    case 'shield':
    case 'sleep':
    case 'wait':
    case 'values':
    case 'fail':
      return [];
  }
}
