import { describe, expect, it } from 'vitest';
import { all, changeEntry, foundAfter, type Spoiled } from './spoil.ts';

const signals: Spoiled[] = [
  [
    'one that is lost',
    /^signals: a signal go s1 was answered and is there 0 times$/m,
    ({ signals: all }) => void all.splice(0, 1),
  ],
  [
    'one with the value of its duplicate',
    /^signals: a signal go s1 has another value/m,
    ({ signals: [first] }) => void Object.assign(first ?? {}, { value: 'v2' }),
  ],
  [
    'one that two waits share',
    /^signals: a wait go took 2 signals$/m,
    ({ signals: all }) =>
      void all.push({
        run: 'a',
        name: 'go',
        id: 's2',
        position: 2,
        value: 'v1',
        by: 'harness',
        at: 1_005,
        takenBy: 1,
      }),
  ],
  [
    'a wait with a value of nobody',
    /^signals: a wait go took 0 signals$/m,
    ({ signals: [first] }) => void Object.assign(first ?? {}, { takenBy: null }),
  ],
  [
    'a wait with another value',
    /^signals: a wait go got .* instead of /m,
    changeEntry('a', 'go', {
      outcome: { kind: 'ok', value: { kind: 'signalled', value: 'v9', by: 'harness', at: 1_005 } },
    }),
  ],
  [
    'one taken by what does not wait',
    /^signals: a signal s1 was taken by operation 0/m,
    ({ signals: [first] }) => void Object.assign(first ?? {}, { takenBy: 0 }),
  ],
  [
    'one taken before an older one',
    /^signals: a signal s1 was taken before s0, which is older$/m,
    ({ signals: all }) =>
      void all.push({
        run: 'a',
        name: 'go',
        id: 's0',
        position: 0,
        value: 'v',
        by: 'harness',
        at: 1_001,
        takenBy: null,
      }),
  ],
  [
    'a wait that was over though a signal had come',
    /^signals: a wait go was over though s1 had come in time$/m,
    all(
      changeEntry('a', 'go', { dueAt: 1_010, outcome: { kind: 'ok', value: { kind: 'timed-out' } } }),
      ({ signals: [first] }) => void Object.assign(first ?? {}, { takenBy: null }),
    ),
  ],
  [
    'a wait that was over too early',
    /^signals: a wait go was over 10 ms too early$/m,
    changeEntry('a', 'go', { dueAt: 1_031, outcome: { kind: 'ok', value: { kind: 'timed-out' } } }),
  ],
];
const commits: Spoiled[] = [
  [
    'one that wrote nothing',
    /^commits: a act-2 wrote its event 0 times instead of 1$/m,
    ({ events }) => void events.splice(0, 1),
  ],
  [
    'one that wrote twice',
    /^commits: a act-2 wrote its event 2 times instead of 1$/m,
    ({ events }) => void events.push({ deployment: 1, cause: 'a/2', type: 'checking' }),
  ],
  [
    'one that says conflict and wrote',
    /^commits: a act-2 wrote its event 1 times instead of 0$/m,
    changeEntry('a', 'act-2', { outcome: { kind: 'ok', value: 'conflict' } }),
  ],
  [
    'an event of no commit',
    /^commits: a an event of cause a\/9 was written by no commit/m,
    ({ events }) => void events.push({ deployment: 1, cause: 'a/9', type: 'checking' }),
  ],
];

describe.each([
  ['signals', signals],
  ['commits', commits],
])('the check of %s', (_, spoiled) => {
  it.each(spoiled)('finds %s', (_wrong, expected, spoil) => {
    expect(foundAfter(spoil)).toMatch(expected);
  });
});
