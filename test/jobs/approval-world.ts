import { livePolicy } from '../../src/config/live-policy.ts';
import type { ApprovalNeed, Verdict } from '../../src/domain/approval.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { EnvironmentPolicy, Policy } from '../../src/domain/policy.ts';
import { castVote, type VoteOutcome } from '../../src/use-cases/vote.ts';
import { aPeoplePolicy } from '../builders.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { europe, production, releaseOf, shopPolicy, staging } from './shop.ts';

export const minutes = 60_000;
/** People have so long. Milliseconds. */
export const within = 20 * minutes;

const needs: readonly ApprovalNeed[] = [
  { from: 'release-manager', count: 1 },
  { from: 'security', count: 1 },
];

/** Maya asks; Leo and Ravi are release managers, Priya and Ravi are security. */
export const people = aPeoplePolicy({
  everyone: 'deployer',
  roles: { admin: ['U0SAM'], 'release-manager': ['U0MAYA', 'U0LEO', 'U0RAVI'] },
  groups: { security: ['U0PRIYA', 'U0RAVI'] },
});

/** A policy of that version under which deployments to staging need approval, unless `approvals` says otherwise. */
export function policyOf(
  version: string,
  change: { approvals?: EnvironmentPolicy['approvals'] | undefined } = {},
): Policy {
  const { approvals = { needs, within, emergencyAlone: false } } = change;
  const asked = 'approvals' in change && change.approvals === undefined ? staging : { ...staging, approvals };
  return { ...shopPolicy, version, people, environments: [asked, production] };
}

type Ballot = {
  verdict?: Verdict;
  why?: string;
  /** Absent: what people are asked now. */
  seen?: { round: number; digest: string };
  arrival?: string;
};

export type ApprovalWorld = ForgeWorld & {
  /** As an administrator's reload does, or as a restart finds the file. */
  replacePolicy(next: Policy): void;
  vote(number: number, voter: string, ballot?: Ballot): Promise<VoteOutcome>;
  /** Waits until people are asked in that round. */
  asked(number: number, round?: number): Promise<Deployment>;
  /** Asks for v1.1.0 and waits until people are asked about it. */
  askedFor(): Promise<number>;
  /** Leo and Priya approve what they are asked now. */
  approved(number: number): Promise<void>;
  /** Deployment of v1.2.0 to the same place that has begun and does not come to an end. */
  otherUnderWay(): Promise<number>;
  /** How often such events happened. */
  count(number: number, type: DeploymentEvent['type']): Promise<number>;
};

/** Forge in a shop whose deployments to staging need the approval of a release manager and of security. */
export function createApprovalWorld(first: Policy = policyOf('policy 1')): ApprovalWorld {
  const { policy, replace } = livePolicy(first);
  const world = createForgeWorld({ policy });

  async function vote(number: number, voter: string, ballot: Ballot = {}): Promise<VoteOutcome> {
    const { verdict = 'approve', why, arrival } = ballot;
    const { approval } = await world.deployment(number);
    const seen = ballot.seen ?? { round: approval?.round ?? 0, digest: approval?.digest ?? '' };
    const caller = arrival === undefined ? person(voter) : person(voter, arrival);
    return castVote(
      { deployment: number, verdict, seen, ...(why === undefined ? {} : { why }) },
      { member: { id: voter, groups: [] }, caller },
      world.adapters,
    );
  }

  function asked(number: number, round = 1): Promise<Deployment> {
    return world.until(async () => {
      const state = await world.deployment(number);
      return state.phase.kind === 'awaiting-approval' && state.approval?.round === round && state;
    });
  }

  async function approved(number: number): Promise<void> {
    await vote(number, 'U0LEO');
    await vote(number, 'U0PRIYA');
  }

  return {
    ...world,
    replacePolicy: replace,
    ...{ vote, asked, approved },
    async askedFor() {
      const number = await world.request('v1.1.0');
      await asked(number);
      return number;
    },
    async otherUnderWay() {
      world.platform.behave('v1.2.0', { kind: 'stalling' });
      const other = await world.request('v1.2.0', { by: person('U0ANN') });
      await asked(other);
      await approved(other);
      await world.untilPhase(other, 'running');
      return other;
    },
    count: async (number, type) => (await world.eventTypes(number)).filter((one) => one === type).length,
  };
}

/** Another one than what is live, as somebody outside Forge puts it there. */
export function putLive(world: ForgeWorld, version: string): void {
  const { commit, digests } = releaseOf(version);
  const digest = digests[europe] ?? '';
  const target = { service: 'checkout', environment: 'staging', region: europe };
  world.platform.give(target, { version, digest, ...(commit === undefined ? {} : { commit }) });
}
