import type { Json } from '../../src/domain/json.ts';
import type { EntryFacts, Evidence, RunFacts } from '../chaos/engine/evidence.ts';
import type { Asked } from '../chaos/engine/feeder.ts';
import type { LedgerLine } from '../chaos/engine/ledger.ts';
import type { OperationAct, Script } from '../chaos/engine/script.ts';
import type { Deed } from '../chaos/engine/story.ts';
import { attemptLines, beginLine, line, timeOf } from './lines.ts';

type Mutable<List> = List extends readonly (infer Item)[] ? Item[] : List;
/** Evidence that a test may spoil. Lines get their places from their order. */
export type History = { -readonly [Name in keyof Omit<Evidence, 'lines'>]: Mutable<Evidence[Name]> } & {
  lines: LedgerLine[];
};

export function evidenceOf({ lines, ...rest }: History): Evidence {
  return { ...rest, lines: lines.map((line, position) => ({ ...line, position })) };
}

export function operationAct(change: Partial<OperationAct> = {}): OperationAct {
  return {
    kind: 'operation',
    milliseconds: 10,
    trouble: 'none',
    times: 1,
    reconciles: false,
    hasOwnKey: false,
    obeys: true,
    ...change,
  };
}

const leaf = (deployment: number): Script => ({ deployment, acts: [operationAct()] });

const scripts = {
  a: {
    deployment: 1,
    acts: [
      operationAct(),
      { kind: 'wait', signal: 'go' },
      { kind: 'commit', conflicts: false },
      { kind: 'sleep', milliseconds: 5 },
      { kind: 'shield', milliseconds: 5 },
      { kind: 'run-all', branches: { north: { deployment: 2, acts: [operationAct()] } } },
      { kind: 'spawn', delayMs: 5, hasOwnId: false, script: { deployment: 3, acts: [operationAct()] } },
    ],
  },
  b: { deployment: 4, acts: [operationAct(), operationAct(), { kind: 'wait', signal: 'soon', withinMs: 5 }] },
  c: { deployment: 5, acts: [operationAct({ reconciles: true })] },
} satisfies Record<string, Script>;

/**
 * Three runs of which nothing can be said against: `a` does everything undisturbed, `b` is aborted in its second
 * operation and has the same key, `c` loses its worker after its effect and is taken up by the next.
 */
export function soundHistory(): History {
  return {
    lines: soundLines(),
    torn: 0,
    kills: 1,
    runs: [
      run('a', { input: scripts.a, key: 'k', from: 0, until: 10, output: { seen: seenByA } }),
      run('a/7/north', { input: leaf(2), from: 6, until: 9, output: { seen: [1] } }),
      run('a/8', { input: leaf(3), from: 11, until: 13, output: { seen: [1] } }),
      {
        ...run('b', { input: scripts.b, key: 'k', from: 13, until: 23 }),
        status: 'aborted',
        abortBy: 'harness',
      },
      run('c', { input: scripts.c, from: 23, until: 27, output: { seen: [2] } }),
    ],
    entries: soundEntries(),
    effects: [
      effect('a', 0, 'act-0'),
      effect('a', 4, 'act-4.0'),
      effect('a', 6, 'act-4.2'),
      effect('a/7/north', 0, 'act-0'),
      effect('a/8', 0, 'act-0'),
      effect('b', 0, 'act-0'),
      effect('b', 2, 'put-back-0'),
      effect('b', 4, 'put-back-1'),
      effect('c', 0, 'act-0'),
    ],
    signals: [
      { run: 'a', name: 'go', id: 's1', position: 1, value: 'v1', by: 'harness', at: 1_005, takenBy: 1 },
    ],
    events: [{ deployment: 1, cause: 'a/2', type: 'requested' }],
    asked: [
      asked('a', 0, { kind: 'start' }),
      asked('a', 0, { kind: 'signal', name: 'go', id: 's1', value: 'v1' }),
      asked('b', 0, { kind: 'start' }),
      asked('b', 16, { kind: 'abort' }),
      asked('c', 0, { kind: 'start' }),
    ],
    usurpations: [],
    stopped: [],
    frozen: [],
    complaints: ['worker 1: error Error: Run x failed < Fatal: The script says so'],
    integrity: ['forge.db: ok', 'cloud.db: ok'],
  };
}

const signalled = { kind: 'signalled', value: 'v1', by: 'harness', at: 1_005 };
const seenByA: Json[] = [1, signalled, 'committed', null, 1, null, 1, { north: { seen: [1] } }, 'a/8'];

function soundLines(): LedgerLine[] {
  return [
    line(0, { kind: 'lead', epoch: 1 }),
    ...attemptLines(1, 'a', 'act-0'),
    ...attemptLines(3, 'a', 'act-4.0'),
    ...attemptLines(5, 'a', 'act-4.2'),
    ...attemptLines(7, 'a/7/north', 'act-0'),
    line(9, { kind: 'finally', run: 'a/7/north' }),
    line(10, { kind: 'finally', run: 'a' }),
    ...attemptLines(11, 'a/8', 'act-0'),
    line(13, { kind: 'finally', run: 'a/8' }),
    ...attemptLines(14, 'b', 'act-0'),
    ...attemptLines(16, 'b', 'act-1', 'failed'),
    line(18, { kind: 'caught', run: 'b' }),
    ...attemptLines(19, 'b', 'put-back-0'),
    ...attemptLines(21, 'b', 'put-back-1'),
    line(23, { kind: 'finally', run: 'b' }),
    beginLine(24, { run: 'c', operation: 'act-0' }),
    { ...line(25, { kind: 'lead', epoch: 2 }), worker: 2 },
    {
      ...line(26, { kind: 'ask', run: 'c', operation: 'act-0', attempt: 2, unknown: true, found: true }),
      worker: 2,
    },
    { ...line(27, { kind: 'finally', run: 'c' }), worker: 2 },
  ];
}

function soundEntries(): EntryFacts[] {
  const aborted = { kind: 'aborted', by: 'harness', reason: 'chaos' } as const;
  return [
    entry({ run: 'a', sequence: 0, kind: 'operation', name: 'act-0', from: 1, value: 1 }),
    entry({ run: 'a', sequence: 1, kind: 'wait', name: 'go', from: 2, value: signalled }),
    entry({ run: 'a', sequence: 2, kind: 'commit', name: 'act-2', from: 2, value: 'committed' }),
    { ...entry({ run: 'a', sequence: 3, kind: 'sleep', name: 'act-3', from: 2 }), dueAt: timeOf(2) },
    entry({ run: 'a', sequence: 4, kind: 'operation', name: 'act-4.0', from: 3, value: 1 }),
    entry({ run: 'a', sequence: 5, kind: 'sleep', name: 'act-4.1', from: 4 }),
    entry({ run: 'a', sequence: 6, kind: 'operation', name: 'act-4.2', from: 5, value: 1 }),
    {
      ...entry({
        run: 'a',
        sequence: 7,
        kind: 'run-all',
        name: 'north',
        from: 6,
        value: { north: { seen: [1] } },
      }),
      endedAt: timeOf(9) + 5,
    },
    {
      ...entry({ run: 'a', sequence: 8, kind: 'spawn', name: 'chaos', from: 9, value: 'a/8' }),
      startedAt: timeOf(9) + 6,
    },
    entry({ run: 'a/7/north', sequence: 0, kind: 'operation', name: 'act-0', from: 7, value: 1 }),
    entry({ run: 'a/8', sequence: 0, kind: 'operation', name: 'act-0', from: 11, value: 1 }),
    entry({ run: 'b', sequence: 0, kind: 'operation', name: 'act-0', from: 14, value: 1 }),
    { ...entry({ run: 'b', sequence: 1, kind: 'operation', name: 'act-1', from: 16 }), outcome: aborted },
    entry({ run: 'b', sequence: 2, kind: 'operation', name: 'put-back-0', from: 19, value: 1 }),
    entry({ run: 'b', sequence: 3, kind: 'sleep', name: 'put-back-pause', from: 20 }),
    entry({ run: 'b', sequence: 4, kind: 'operation', name: 'put-back-1', from: 21, value: 1 }),
    { ...entry({ run: 'c', sequence: 0, kind: 'operation', name: 'act-0', from: 24, value: 2 }), attempt: 2 },
  ];
}

type Span = { from: number; until: number };

function run(id: string, facts: Span & { input: Script; key?: string; output?: Json }): RunFacts {
  const { input, key = null, from, until, output } = facts;
  const times = { startAt: timeOf(from), startedAt: timeOf(from), endedAt: timeOf(until) + 2 };
  return { id, key, status: 'done', input, output, abortBy: null, ...times };
}

type Recorded = { run: string; sequence: number; kind: string; name: string; from: number; value?: Json };

function entry({ from, value, ...address }: Recorded): EntryFacts {
  const isOperation = address.kind === 'operation';
  const outcome = { kind: 'ok' as const, ...(value === undefined ? {} : { value }) };
  const times = { startedAt: timeOf(from), endedAt: timeOf(isOperation ? from + 1 : from) + 1 };
  return { ...address, attempt: isOperation ? 1 : 0, dueAt: null, outcome, ...times };
}

function effect(id: string, sequence: number, operation: string) {
  return { key: `${id}:${sequence}:${operation}`, run: id, operation, requests: 1 };
}

export function asked(id: string, place: number, deed: Deed | { kind: 'start' }): Asked {
  return { ...deed, run: id, askedAt: timeOf(place), answeredAt: timeOf(place) + 5 };
}
