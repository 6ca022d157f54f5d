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

  return {
    ...world,
    replacePolicy: replace,
    vote,
    asked: (number, round = 1) =>
      world.until(async () => {
        const state = await world.deployment(number);
        return state.phase.kind === 'awaiting-approval' && state.approval?.round === round && state;
      }),
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
