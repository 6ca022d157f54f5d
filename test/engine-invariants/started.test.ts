import { describe, expect, it } from 'vitest';
import { endLine, timeOf } from './lines.ts';
import { changeEntry, changeRun, foundAfter, type Spoiled } from './spoil.ts';

const children: Spoiled[] = [
  [
    'a parent that goes on before its child ends',
    /^children: a went on before its child a\/7\/north had ended$/m,
    changeRun('a/7/north', { endedAt: timeOf(11) }),
  ],
  [
    'a parent that is content with a failed child',
    /^children: a takes north as done though a child is not$/m,
    changeRun('a/7/north', { status: 'failed' }),
  ],
  [
    'a parent that fails for no reason',
    /^children: a takes north as failed though every child is done$/m,
    changeEntry('a', 'north', { outcome: { kind: 'failed', errorName: 'E', message: 'x' } }),
  ],
];
const starts: Spoiled[] = [
  [
    'a run that is missing',
    /^starts: - a\/8 was started and is not there$/m,
    ({ runs }) => void runs.splice(2, 1),
  ],
  [
    'a run nobody started',
    /^starts: - c is there and nobody started it$/m,
    ({ asked: all }) => void all.splice(4, 1),
  ],
  [
    'a run with another input',
    /^starts: - a\/8 has another input than it was given$/m,
    changeRun('a/8', { input: { deployment: 9, acts: [] } }),
  ],
  [
    'a run that may start too early',
    /^starts: - a\/8 may start \d+ ms too early$/m,
    changeRun('a/8', { startAt: timeOf(9) }),
  ],
  [
    'a run that began too early',
    /^starts: - a\/8 began 10 ms too early$/m,
    changeRun('a/8', { startAt: timeOf(12) }),
  ],
];
const keys: Spoiled[] = [
  [
    'two active runs of a key',
    /^keys: - b became active while a held k$/m,
    changeRun('b', { startedAt: timeOf(9) }),
  ],
  [
    'two runs of a key that take turns',
    /^keys: - a went on after b had begun under k$/m,
    ({ lines }) => void lines.splice(15, 0, endLine(14, { run: 'a', operation: 'act-4.2' })),
  ],
];

describe.each([
  ['children', children],
  ['starts', starts],
  ['keys', keys],
])('the check of %s', (_, spoiled) => {
  it.each(spoiled)('finds %s', (_wrong, expected, spoil) => {
    expect(foundAfter(spoil)).toMatch(expected);
  });
});
