import type { Outcome } from '../../../jobs/engine/driver.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Effect } from './cloud.ts';
import type { Asked } from './feeder.ts';
import type { LedgerLine } from './ledger.ts';
import type { Script } from './script.ts';
import type { Usurpation } from './striker.ts';

/** A run as the database has it at the end. */
export type RunFacts = {
  id: string;
  key: string | null;
  status: string;
  input: Script;
  output: Json | undefined;
  abortBy: string | null;
  startAt: number;
  startedAt: number | null;
  endedAt: number | null;
};

export type EntryFacts = {
  run: string;
  sequence: number;
  kind: string;
  name: string;
  attempt: number;
  dueAt: number | null;
  outcome: Outcome | null;
  startedAt: number;
  endedAt: number | null;
};

export type SignalFacts = {
  run: string;
  name: string;
  id: string;
  position: number;
  value: Json;
  by: string;
  at: number;
  takenBy: number | null;
};

type EventFacts = { deployment: number; cause: string; type: string };

/** A line with its place in the ledger: 0, 1, 2 … */
export type Line = LedgerLine & { position: number };
export type AttemptLine = Extract<Line, { kind: 'begin' | 'ask' | 'end' }>;

/** Everything there is to know about what happened, as plain data. */
export type Evidence = {
  lines: readonly Line[];
  /** Lines that a kill cut off. */
  torn: number;
  kills: number;
  runs: readonly RunFacts[];
  /** By run and sequence. */
  entries: readonly EntryFacts[];
  effects: readonly Effect[];
  signals: readonly SignalFacts[];
  events: readonly EventFacts[];
  asked: readonly Asked[];
  usurpations: readonly Usurpation[];
  /** Workers that were asked to stop. */
  stopped: readonly number[];
  frozen: readonly { from: number; until: number }[];
  /** What workers and the harness itself complained of. */
  complaints: readonly string[];
  /** What SQLite says of each file. */
  integrity: readonly string[];
};

/** What concerns one run. */
export type Case = {
  run: RunFacts;
  entries: readonly EntryFacts[];
  lines: readonly Exclude<Line, { kind: 'lead' }>[];
  effects: readonly Effect[];
  signals: readonly SignalFacts[];
  asked: readonly Asked[];
};

/** `run` is undefined for what concerns all of them. */
export type Violation = { rule: string; run: string | undefined; what: string };

export function casesOf(evidence: Evidence): Case[] {
  const entries = groupByRun(evidence.entries);
  const effects = groupByRun(evidence.effects);
  const signals = groupByRun(evidence.signals);
  const asked = groupByRun(evidence.asked);
  const lines = groupByRun(evidence.lines.filter((line) => line.kind !== 'lead'));
  return evidence.runs.map((run) => ({
    run,
    entries: entries.get(run.id) ?? [],
    lines: lines.get(run.id) ?? [],
    effects: effects.get(run.id) ?? [],
    signals: signals.get(run.id) ?? [],
    asked: asked.get(run.id) ?? [],
  }));
}

export function isAttemptLine(line: Line): line is AttemptLine {
  return line.kind === 'begin' || line.kind === 'ask' || line.kind === 'end';
}

function groupByRun<Item extends { run: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.run);
    if (group === undefined) groups.set(item.run, [item]);
    else group.push(item);
  }
  return groups;
}
