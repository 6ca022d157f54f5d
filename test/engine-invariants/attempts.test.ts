import { describe, expect, it } from 'vitest';
import { beginLine, endLine, line } from './lines.ts';
import { all, changeEffect, changeEntry, changeLine, foundAfter, type Spoiled } from './spoil.ts';

const attempts: Spoiled[] = [
  [
    'an attempt that begins twice',
    /^attempts: a act-0: attempt 1 has two lines "begin"$/m,
    ({ lines }) => void lines.splice(2, 0, beginLine(1, { run: 'a', operation: 'act-0' })),
  ],
  [
    'a second attempt of what succeeded',
    /^attempts: a act-0: attempt 2 began though the one before succeeded$/m,
    all(
      changeEntry('a', 'act-0', { attempt: 2 }),
      ({ lines }) => void lines.splice(3, 0, beginLine(2, { run: 'a', operation: 'act-0', attempt: 2 })),
    ),
  ],
  [
    'a second attempt beside the first',
    /^attempts: a act-0: attempt 2 began though the one before was under way$/m,
    ({ lines }) => void lines.splice(2, 0, beginLine(1, { run: 'a', operation: 'act-0', attempt: 2 })),
  ],
  [
    'a gap in the numbers',
    /^attempts: a act-0: attempt 2 follows 0, and nobody died meanwhile$/m,
    changeLine(1, { attempt: 2, worker: 1 }),
  ],
  [
    'more attempts in the journal',
    /^attempts: a act-4.2: the journal counts 2 more attempts than the ledger/m,
    changeEntry('a', 'act-4.2', { attempt: 3 }),
  ],
  [
    'more attempts in the ledger',
    /^attempts: a act-0: the journal counts 0 attempts, the ledger 1$/m,
    changeEntry('a', 'act-0', { attempt: 0 }),
  ],
  [
    'an unknown outcome taken as known',
    /^attempts: c act-0: attempt 2 says that the outcome of the one before is known/m,
    changeLine(26, { kind: 'begin', unknown: false, seen: 'nothing' }),
  ],
  [
    'a question about a known outcome',
    /^attempts: c act-0: attempt 2 asked though nothing is unknown$/m,
    changeLine(26, { unknown: false }),
  ],
  [
    'a first attempt that says unknown',
    /^attempts: a act-0: the first attempt says that another was there before$/m,
    changeLine(1, { unknown: true }),
  ],
  [
    'a retry that says unknown though nobody died',
    /^attempts: b act-1: attempt 2 says unknown though nobody died meanwhile$/m,
    ({ lines }) =>
      void lines.splice(18, 0, beginLine(17, { run: 'b', operation: 'act-1', attempt: 2, unknown: true })),
  ],
  [
    'a success nobody saw',
    /^attempts: a act-0: attempt 1 was recorded as a success that nobody saw$/m,
    changeLine(2, { result: 'failed' }),
  ],
  [
    'a success of another attempt',
    /^attempts: c act-0: attempt 1 was recorded, not attempt 2$/m,
    changeEntry('c', 'act-0', { outcome: { kind: 'ok', value: 1 } }),
  ],
  [
    'doing what was found done',
    /^attempts: c act-0: attempt 2 did what it had found done$/m,
    ({ lines }) =>
      void lines.splice(27, 0, {
        ...beginLine(26, { run: 'c', operation: 'act-0', attempt: 2, unknown: true }),
        worker: 2,
      }),
  ],
];

const turns: Spoiled[] = [
  [
    'something the journal does not have',
    /^turns: a act-9 is in the ledger and not in the journal$/m,
    changeLine(1, { operation: 'act-9' }),
  ],
  [
    'an operation that begins again later',
    /^turns: a act-0 began again after the run had gone on$/m,
    ({ lines }) => void lines.splice(5, 0, beginLine(4, { run: 'a', operation: 'act-0', attempt: 2 })),
  ],
  [
    'two operations at a time',
    /^turns: b put-back-0 began while act-1 was under way$/m,
    ({ lines }) => void lines.splice(17, 1),
  ],
  [
    'attempts that saw different values',
    /^turns: c attempts of act-0 saw different values before it$/m,
    changeLine(26, { kind: 'begin', seen: 'something' }),
  ],
  [
    'putting back without an abort',
    /^turns: b put-back-0 began without an abort$/m,
    ({ lines }) => void lines.splice(18, 1),
  ],
  [
    'going forward after an abort',
    /^turns: b act-1 began after the abort$/m,
    ({ lines }) => void lines.splice(19, 0, beginLine(18, { run: 'b', operation: 'act-1' })),
  ],
  [
    'an abort nobody recorded',
    /^turns: a caught an abort that is not in the journal$/m,
    ({ lines }) => void lines.splice(10, 0, line(9, { kind: 'caught', run: 'a' })),
  ],
];

const effects: Spoiled[] = [
  [
    'a missing effect',
    /^effects: a act-0 succeeded without its effect$/m,
    ({ effects: all }) => void all.splice(0, 1),
  ],
  [
    'an effect of what failed',
    /^effects: a act-0 failed and has an effect$/m,
    changeEntry('a', 'act-0', { outcome: { kind: 'failed', errorName: 'E', message: 'x' } }),
  ],
  [
    'two effects under two keys',
    /^effects: a act-0 has 2 effects under different keys$/m,
    ({ effects: all }) => void all.push({ key: 'x', run: 'a', operation: 'act-0', requests: 1 }),
  ],
  [
    'another key',
    /^effects: a act-0 used the key x instead of a:0:act-0$/m,
    changeEffect('act-0', { key: 'x' }),
  ],
  [
    'more requests than attempts',
    /^effects: a act-4.0 asked for its effect 2 times in 1 attempts$/m,
    changeEffect('act-4.0', { requests: 2 }),
  ],
  [
    'a second request without looking',
    /^effects: c act-0 asked for its effect 2 times though it looks/m,
    ({ effects: all }) => void Object.assign(all[8] ?? {}, { requests: 2 }),
  ],
  [
    'an effect of nothing',
    /^effects: a act-9 has an effect and is not in the journal$/m,
    ({ effects: all }) => void all.push({ key: 'x', run: 'a', operation: 'act-9', requests: 1 }),
  ],
];

describe.each([
  ['attempts', attempts],
  ['turns', turns],
  ['effects', effects],
])('the check of %s', (_, spoiled) => {
  it.each(spoiled)('finds %s', (_wrong, expected, spoil) => {
    expect(foundAfter(spoil)).toMatch(expected);
  });
});

describe('the check of attempts', () => {
  it('allows a retry after a failure', () => {
    const found = foundAfter(
      all(changeEntry('b', 'act-1', { attempt: 2 }), ({ lines }) => {
        lines.splice(18, 0, beginLine(17, { run: 'b', operation: 'act-1', attempt: 2 }));
        lines.splice(19, 0, endLine(17, { run: 'b', operation: 'act-1', attempt: 2, result: 'failed' }));
      }),
    );

    expect(found).toBe('');
  });
});
