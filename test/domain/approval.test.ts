import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApprovalNeed, openNeeds, type Vote } from '../../src/domain/approval.ts';

const needs: ApprovalNeed[] = [
  { from: 'release-managers', count: 1 },
  { from: 'security', count: 1 },
];

function approves(voter: string, ...groups: string[]): Vote {
  return { voter, verdict: 'approve', at: 0, countsFor: groups };
}

describe('the votes of a deployment', () => {
  it('leave everything open at first', () => {
    expect(openNeeds(needs, [])).toEqual(needs);
  });

  it('are enough when each need has a person of its own', () => {
    expect(openNeeds(needs, [approves('U1', 'release-managers'), approves('U2', 'security')])).toEqual([]);
  });

  it('count once for a person who is in both groups', () => {
    expect(openNeeds(needs, [approves('U1', 'release-managers', 'security')])).toEqual([
      { from: 'security', count: 1 },
    ]);
  });

  it('are enough though who came first is in both groups', () => {
    const both = approves('U1', 'release-managers', 'security');

    expect(openNeeds(needs, [both, approves('U2', 'release-managers')])).toEqual([]);
  });

  it('do not count where they reject', () => {
    expect(openNeeds(needs, [{ ...approves('U1', 'security'), verdict: 'reject' }])).toEqual(needs);
  });

  it('of people of no such group change nothing', () => {
    expect(openNeeds(needs, [approves('U1'), approves('U2', 'finance')])).toEqual(needs);
  });

  it('are enough exactly when some way to seat them fills every seat', () => {
    const groups = ['a', 'b', 'c'];
    const need = fc.record({ from: fc.constantFrom(...groups), count: fc.integer({ min: 1, max: 2 }) });
    const vote = fc.subarray(groups);
    fc.assert(
      fc.property(
        fc.uniqueArray(need, { selector: ({ from }) => from, maxLength: 3 }),
        fc.array(vote, { maxLength: 5 }),
        (wanted, voters) => {
          const votes = voters.map((of, index) => approves(`U${index}`, ...of));
          const seats = wanted.flatMap(({ from, count }) => Array.from({ length: count }, () => from));

          expect(openNeeds(wanted, votes).length === 0).toBe(canBeFilled(seats, votes));
        },
      ),
    );
  });
});

/** Tries every way. */
function canBeFilled([seat, ...seats]: readonly string[], votes: readonly Vote[]): boolean {
  if (seat === undefined) return true;
  return votes.some(
    (vote, index) => vote.countsFor.includes(seat) && canBeFilled(seats, votes.toSpliced(index, 1)),
  );
}
