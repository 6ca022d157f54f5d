import { describe, expect, it } from 'vitest';
import { asked, operationAct } from './history.ts';
import { timeOf } from './lines.ts';
import { all, changeEntry, changeRun, foundAfter, type Spoil, type Spoiled } from './spoil.ts';

const ends: Spoiled[] = [
  ['does not end', /^ends: a is still active$/m, changeRun('a', { status: 'active', endedAt: null })],
  ['is stuck', /^ends: a ended as stuck instead of done$/m, changeRun('a', { status: 'stuck' })],
  [
    'is done though it was aborted',
    /^ends: b ended as done instead of aborted$/m,
    changeRun('b', { status: 'done' }),
  ],
  ['is aborted by nobody', /^ends: b was aborted by nobody$/m, changeRun('b', { abortBy: null })],
  ['returns other values than it saw', /^ends: a\/8 returned /m, changeRun('a/8', { output: { seen: [2] } })],
];

const journals: Spoiled[] = [
  [
    'has operations in another order',
    /^journal: a has operation 0 \(operation act-9\) where operation act-0 belongs$/m,
    changeEntry('a', 'act-0', { name: 'act-9' }),
  ],
  ['misses a place', /^journal: a has operation 9 at place 3/m, changeEntry('a', 'act-3', { sequence: 9 })],
  [
    'ends too early',
    /^journal: a has no chaos: the journal ends before it$/m,
    ({ entries }) => void entries.splice(8, 1),
  ],
  [
    'goes on forward after its abort',
    /^journal: b has operation 2 \(operation act-2\) where operation put-back-0 belongs$/m,
    changeEntry('b', 'put-back-0', { name: 'act-2' }),
  ],
  [
    'does not finish putting back',
    /^journal: b has no put-back-1/m,
    ({ entries }) => void entries.splice(15, 1),
  ],
  [
    'puts back without an abort',
    /^journal: b has operation 2 \(operation put-back-0\) where wait soon belongs$/m,
    changeEntry('b', 'act-1', { outcome: { kind: 'ok', value: 1 } }),
  ],
  [
    'is aborted inside a shield',
    /^journal: a was aborted inside a shield, at operation 6 \(operation act-4.2\)$/m,
    changeEntry('a', 'act-4.2', { outcome: { kind: 'aborted', by: 'x', reason: 'y' } }),
  ],
  [
    'fails where nothing can fail',
    /^journal: a failed at operation 0/m,
    changeEntry('a', 'act-0', { outcome: { kind: 'failed', errorName: 'Error', message: 'x' } }),
  ],
  [
    'succeeds where nothing can succeed',
    /^journal: c succeeded at operation 0/m,
    changeRun('c', { input: { deployment: 5, acts: [operationAct({ trouble: 'doomed' })] } }),
  ],
  [
    'has an operation without an outcome',
    /^journal: a ended without an outcome of operation 0/m,
    changeEntry('a', 'act-0', { outcome: null }),
  ],
  [
    'has a journal though it never started',
    /^journal: b has a journal though it never started$/m,
    changeRun('b', { startedAt: null }),
  ],
];

const aborts: Spoiled[] = [
  [
    'records something after its abort',
    /^aborts: b recorded operation 0 \(act-0\) after its abort$/m,
    ({ asked: all }) => void all.push(asked('b', 14, { kind: 'abort' })),
  ],
  [
    'becomes active after its abort',
    /^aborts: b became active after its abort$/m,
    ({ asked: all }) => void all.push(asked('b', 2, { kind: 'abort' })),
  ],
  [
    'is aborted though nobody asked',
    /^aborts: b was aborted though nobody asked for that$/m,
    ({ asked: all }) => void all.splice(3, 1),
  ],
];

/** From a place in the ledger until after the first operations of `a`, which was active before. */
function pausedFrom(place: number): Spoil {
  return all(changeRun('a', { startedAt: timeOf(-500), startAt: 0 }), ({ asked: deeds }) => {
    deeds.push(asked('a', place, { kind: 'pause' }), asked('a', 5, { kind: 'resume' }));
  });
}

const beganBefore = changeEntry('a', 'act-3', { startedAt: timeOf(-500) });

const pauses: Spoiled[] = [
  [
    'begins two operations while it is paused',
    /^pauses: a began act-0, act-3 while it was paused$/m,
    pausedFrom(-90),
  ],
  [
    'begins one long after it was paused',
    /^pauses: a began act-0 while it was paused$/m,
    all(pausedFrom(-300), beganBefore),
  ],
  [
    'becomes active while it is paused',
    /^pauses: a became active while it was paused$/m,
    all(pausedFrom(-1), changeRun('a', { startedAt: timeOf(0) })),
  ],
];

describe.each([
  ['the end', ends],
  ['the journal', journals],
  ['the abort', aborts],
  ['the pause', pauses],
])('the check of %s of a run', (_, spoiled) => {
  it.each(spoiled)('finds one that %s', (_wrong, expected, spoil) => {
    expect(foundAfter(spoil)).toMatch(expected);
  });
});

describe('the check of the pause of a run', () => {
  it.each<[string, Spoil]>([
    ['one operation that was on its way', all(pausedFrom(-90), beganBefore)],
    [
      'everything while the leader was frozen',
      all(pausedFrom(-90), ({ frozen }) => void frozen.push({ from: timeOf(-95), until: timeOf(4) })),
    ],
  ])('allows %s', (_, spoil) => {
    expect(foundAfter(spoil)).not.toMatch(/^pauses/m);
  });
});
