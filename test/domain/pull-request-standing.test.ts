import { describe, expect, it } from 'vitest';
import { type PullSeen, standingOf } from '../../src/domain/pull-request-standing.ts';
import { aHead } from './shipment-builders.ts';

const approval = { by: { login: 'lena' }, verdict: 'approved', sha: aHead, counts: true } as const;
const fine: PullSeen = {
  ...{ head: aHead, base: 'main', isDraft: false, mergeable: 'yes', checks: [], required: [] },
  ...{
    reviews: [approval],
    makers: [{ login: 'octocat' }],
    areMakersKnown: true,
    reviewsWanted: 1,
    age: 60_000,
  },
};
const lacks = (change: Partial<PullSeen>) => standingOf({ ...fine, ...change }).lacks;

describe('a pull request', () => {
  it('may be merged when it is whole, checked and approved by somebody else', () => {
    expect(standingOf(fine)).toEqual({
      ...{ head: aHead, checks: [], approvedBy: ['lena'], changesWantedBy: [], lacks: [], needs: [] },
    });
  });

  it.each([
    ['of one who wrote a part of it', { makers: [{ login: 'Lena' }] }],
    [
      'of one with the address of who wrote it',
      { reviews: [{ ...approval, by: { login: 'l', email: 'A@b.c' } }], makers: [{ email: 'a@b.c' }] },
    ],
    ['of another commit', { reviews: [{ ...approval, sha: 'other' }] }],
    ['of somebody whose word does not count', { reviews: [{ ...approval, counts: false }] }],
    ['of somebody without a login', { reviews: [{ ...approval, by: { name: 'Lena' } }] }],
    ['that was dismissed', { reviews: [{ ...approval, verdict: 'dismissed' as const }] }],
  ])('is not approved by the word %s', (_, change) => {
    expect(lacks(change)).toEqual(['It waits for the approval of one other person on GitHub.']);
  });

  it('needs as many as the policy says', () => {
    expect(lacks({ reviewsWanted: 3 })).toEqual(['It waits for the approval of 2 other people on GitHub.']);
    expect(lacks({ reviewsWanted: 0, reviews: [] })).toEqual([]);
  });

  it('is approved by nobody where it is not known who made it', () => {
    expect(lacks({ areMakersKnown: false })).toEqual([
      'It has more commits than GitHub lists, so nobody knows whose approval counts. Merge it on GitHub.',
      'It waits for the approval of one other person on GitHub.',
    ]);
  });

  it.each([
    [{ login: 'ravi' }, 'ravi asked for changes.'],
    [{ name: 'Ravi' }, 'Ravi asked for changes.'],
    [{}, 'somebody asked for changes.'],
  ])('is held up by %j who wants changes', (by, words) => {
    const review = { by, verdict: 'changes-requested', sha: 'old', counts: true } as const;

    expect(lacks({ reviews: [approval, review] })).toEqual([words]);
    expect(lacks({ reviews: [approval, { ...review, counts: false }] })).toEqual([]);
  });

  it.each([
    [{ isDraft: true }, 'It is a draft. Mark it as ready for review on GitHub.'],
    [
      { mergeable: 'conflict' },
      'It conflicts with main. Somebody has to merge main into the branch and settle it.',
    ],
    [{ mergeable: 'behind' }, 'main has moved on. Somebody has to update the branch on GitHub.'],
    [{ mergeable: 'blocked' }, 'A rule of main on GitHub is not met. Its page says which.'],
    [{ mergeable: 'unknown' }, 'GitHub is still working out whether it can be merged.'],
  ] as const)('is held up by %j', (change, words) => {
    expect(lacks(change)).toEqual([words]);
  });

  it('does not name a rule where what is said explains it', () => {
    expect(lacks({ mergeable: 'blocked', reviews: [] })).toEqual([
      'It waits for the approval of one other person on GitHub.',
    ]);
  });

  it.each([
    ['passed', []],
    ['neutral', []],
    ['skipped', []],
    ['waiting', ['On GitHub lint is not done yet.']],
    ['failed', ['On GitHub lint did not pass.']],
    ['stale', ['On GitHub lint did not pass.']],
    ['cancelled', ['On GitHub lint did not pass.']],
    ['timed-out', ['On GitHub lint did not pass.']],
    ['action-required', ['On GitHub lint did not pass.']],
  ] as const)('takes a check that is %s as it is where the policy names none', (state, words) => {
    const url = 'https://x.y';
    expect(lacks({ checks: [{ name: 'lint', state, url }] })).toEqual(words);
  });

  it('waits a moment for checks to begin', () => {
    expect(lacks({ age: 1_000 })).toEqual(['GitHub has not started its checks yet.']);
    expect(lacks({ age: 1_000, checks: [{ name: 'lint', state: 'passed' }] })).toEqual([]);
  });

  it('goes by the checks that the policy names, where it names any', () => {
    const others = [{ name: 'nightly', state: 'failed' as const }];

    expect(
      lacks({ checks: others, required: [{ name: 'CI', verdict: 'passed', says: '' }], age: 0 }),
    ).toEqual([]);
    expect(lacks({ required: [{ name: 'CI', verdict: 'failed', says: 'it failed.' }] })).toEqual([
      'CI: it failed.',
    ]);
    expect(lacks({ required: [{ name: 'CI', verdict: 'waiting', says: 'late.' }] })).toEqual(['CI: late.']);
  });

  it('tells what somebody has to do apart from what only takes time', () => {
    const { needs } = standingOf({ ...fine, isDraft: true, reviews: [], mergeable: 'unknown' });

    expect(needs).toEqual(['It is a draft. Mark it as ready for review on GitHub.']);
  });
});
