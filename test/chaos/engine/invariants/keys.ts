import type { Line, RunFacts } from '../evidence.ts';
import type { Whole } from './whole.ts';

/** Of the runs of one key only one goes on at a time, in the database and in the ledger. */
export function keyViolations({ evidence, leaderships }: Whole): string[] {
  const fresh = evidence.lines.filter((line) => !leaderships.isStale(line));
  return [...databaseViolations(evidence.runs), ...ledgerViolations(evidence.runs, fresh)];
}

function databaseViolations(runs: readonly RunFacts[]): string[] {
  const found: string[] = [];
  const latest = new Map<string, RunFacts>();
  const started = runs.filter(({ startedAt }) => startedAt !== null);
  const inOrder = started.toSorted((left, right) => (left.startedAt ?? 0) - (right.startedAt ?? 0));
  for (const run of inOrder) {
    if (run.key === null) continue;
    const before = latest.get(run.key);
    if (before !== undefined && (before.endedAt ?? Number.POSITIVE_INFINITY) > (run.startedAt ?? 0)) {
      found.push(`${run.id} became active while ${before.id} held ${run.key}`);
    }
    latest.set(run.key, run);
  }
  return found;
}

function ledgerViolations(runs: readonly RunFacts[], lines: readonly Line[]): string[] {
  const keys = new Map(runs.map(({ id, key }) => [id, key]));
  const holders = new Map<string, string>();
  const over = new Set<string>();
  const found: string[] = [];
  for (const line of lines) {
    const run = line.kind === 'lead' ? undefined : line.run;
    const key = run === undefined ? undefined : keys.get(run);
    if (run === undefined || key === undefined || key === null) continue;
    const holder = holders.get(key);
    if (over.has(run)) found.push(`${run} went on after ${holder} had begun under ${key}`);
    else if (holder !== undefined && holder !== run) over.add(holder);
    if (!over.has(run)) holders.set(key, run);
  }
  return found;
}
