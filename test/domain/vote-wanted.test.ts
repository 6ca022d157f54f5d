import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import type { Membership } from '../../src/domain/people-policy.ts';
import { isVoteWanted } from '../../src/domain/vote-wanted.ts';
import { aMoment, aPeoplePolicy, aRecordedEvent, aRequestedEvent } from '../builders.ts';

const people = aPeoplePolicy({
  everyone: 'deployer',
  roles: { 'release-manager': ['S0MANAGERS'], 'incident-commander': [] },
  groups: { security: ['U0OTTO', 'U0RAVI'] },
});
const asked: DeploymentEvent = {
  ...{ type: 'approval-asked', round: 1, digest: 'digest', policy: 'a version', changes: [] },
  needs: [
    { from: 'release-manager', count: 1 },
    { from: 'security', count: 1 },
  ],
  ...{ excluded: ['U0MAYA'], deadline: aMoment + 60_000 },
};

type By = { userId: string; event: DeploymentEvent };

function oneAfter(...later: (By | DeploymentEvent)[]) {
  const events = [aRequestedEvent(), asked, ...later].map((one, index) => {
    const { userId, event } = 'userId' in one ? one : { userId: 'U0MAYA', event: one };
    return aRecordedEvent(event, {
      ...{ version: index + 1, cause: `${index}` },
      by: { kind: 'person', userId, via: 'button' },
    });
  });
  const deployment = deploymentOf(events);
  if (deployment === undefined) throw new Error('It was never asked for');
  return deployment;
}

function approves(userId: string, ...countsFor: string[]): By {
  return { userId, event: { type: 'voted', round: 1, verdict: 'approve', countsFor } };
}

const manager = (id: string): Membership => ({ id, groups: ['S0MANAGERS'] });
const someone = (id: string): Membership => ({ id, groups: [] });

function isWanted(
  deployment: ReturnType<typeof oneAfter>,
  member = someone('U0OTTO'),
  now = aMoment,
): boolean {
  return isVoteWanted(deployment, member, { people, now });
}

describe('a vote is wanted', () => {
  it('of those whom a need that is open names', () => {
    expect(isWanted(oneAfter())).toBe(true);
    expect(isWanted(oneAfter(), manager('U0LENA'))).toBe(true);
  });

  it('of somebody whose need is filled by a person who may make room', () => {
    const filled = oneAfter(approves('U0RAVI', 'release-manager', 'security'));

    expect(isWanted(filled, someone('U0OTTO'))).toBe(true);
    expect(isWanted(filled, manager('U0LENA'))).toBe(true);
  });

  it.each([
    ['of somebody no need names', oneAfter(), someone('U0PRIYA'), aMoment],
    ['of who asked for it', oneAfter(), manager('U0MAYA'), aMoment],
    ['of who has voted', oneAfter(approves('U0OTTO', 'security')), someone('U0OTTO'), aMoment],
    ['where the need is filled', oneAfter(approves('U0OTTO', 'security')), someone('U0RAVI'), aMoment],
    ['after the deadline', oneAfter(), someone('U0OTTO'), aMoment + 60_000],
    ['once it is being aborted', oneAfter({ type: 'abort-requested' }), someone('U0OTTO'), aMoment],
    [
      'once it is an emergency',
      oneAfter({ type: 'emergency-declared', digest: 'digest' }),
      someone('U0OTTO'),
      aMoment,
    ],
    ['once it has started', oneAfter({ type: 'started' }), someone('U0OTTO'), aMoment],
  ] as const)('but not %s', (_when, deployment, member, now) => {
    expect(isWanted(deployment, member, now)).toBe(false);
  });
});
