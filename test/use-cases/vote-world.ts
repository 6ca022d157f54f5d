import { expect } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { Verdict } from '../../src/domain/approval.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { Caller } from '../../src/domain/caller.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { castVote, type VoteOutcome } from '../../src/use-cases/vote.ts';
import { aLive, aPeoplePolicy, aPerson, aPlan, aPolicy, aRegion, aRequestedEvent } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { person } from '../jobs/forge-world.ts';

const people = aPeoplePolicy({
  everyone: 'deployer',
  roles: { admin: ['U0SAM'], 'release-manager': ['U0MAYA', 'U0LEO', 'S0RELEASE'] },
  groups: { security: ['U0PRIYA', 'U0LEO'] },
});
export const policy: Policy = aPolicy({ version: 'p1', people });
export const plan = aPlan();
export const digest = askedAbout(plan, 'p1');
export const drifted = aPlan({ from: { [aRegion]: aLive({ version: 'v1.0.1', revision: 'checkout:8' }) } });
const needs = [
  { from: 'release-manager', count: 1 },
  { from: 'security', count: 1 },
];
export const minutes = 60_000;

type Ballot = {
  verdict?: Verdict;
  seen?: { round: number; digest: string };
  why?: string;
  groups?: string[];
  caller?: Caller;
  policy?: Policy;
};

export type VoteWorld = ReturnType<typeof createVoteWorld>;

/** Deployment #1 was asked for by Maya, and people vote on it. */
export function createVoteWorld() {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  let causes = 0;

  async function happens(...events: DeploymentEvent[]): Promise<void> {
    causes += 1;
    await store.commit([
      { kind: 'append', deployment: 1, expect: 'any', events, by: aPerson, cause: `it happens ${causes}` },
    ]);
  }

  function asking(change: Partial<Extract<DeploymentEvent, { type: 'approval-asked' }>> = {}) {
    return {
      ...{ type: 'approval-asked' as const, round: 1, digest, policy: 'p1', needs, excluded: ['U0MAYA'] },
      ...{ deadline: clock.now() + 30 * minutes, changes: [] },
      ...change,
    };
  }

  return {
    ...{ clock, database, store, happens, asking },
    asked: () => happens(aRequestedEvent({ plan }), { type: 'checking' }, asking()),
    vote(voter: string, ballot: Ballot = {}): Promise<VoteOutcome> {
      const { verdict = 'approve', seen = { round: 1, digest }, why, groups = [], caller } = ballot;
      return castVote(
        { deployment: 1, verdict, seen, ...(why === undefined ? {} : { why }) },
        { member: { id: voter, groups }, caller: caller ?? person(voter) },
        { store, clock, policy: ballot.policy ?? policy },
      );
    },
    async votes(): Promise<string[]> {
      const approval = (await store.deployment(1))?.approval;
      return (approval?.votes ?? []).map(({ voter, verdict }) => `${voter} ${verdict}`);
    },
    /** With these words, and nothing is written. */
    async expectRefused(voted: Promise<unknown>, words: string | RegExp): Promise<void> {
      const before = await store.events(1);
      await expect(voted).rejects.toThrow(words);
      await expect(voted).rejects.toBeInstanceOf(UserError);
      expect(await store.events(1)).toEqual(before);
    },
  };
}
