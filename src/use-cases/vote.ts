import {
  type ApprovalNeed,
  type ApprovalState,
  countsFor,
  openNeeds,
  type Verdict,
} from '../domain/approval.ts';
import { askedAbout, startChange } from '../domain/approval-standing.ts';
import type { Caller } from '../domain/caller.ts';
import { ending } from '../domain/decisions.ts';
import { type Deployment, isFinished } from '../domain/deployment.ts';
import { NotEligible, UserError } from '../domain/errors.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import { deploymentOf } from '../domain/evolve.ts';
import { needsWords } from '../domain/need-words.ts';
import type { Membership, PeoplePolicy } from '../domain/people-policy.ts';
import { planChanges } from '../domain/plan-changes.ts';
import type { Store } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { ringPreparing } from './prepare-bell.ts';
import { decided } from './steer-deployment.ts';

export type VoteRequest = {
  deployment: number;
  verdict: Verdict;
  /** What the person saw of it: the round they were asked in, and the digest of what they were asked about. */
  seen: { round: number; digest: string };
  /** A rejection needs one. */
  why?: string;
};

export type VoteOutcome = {
  deployment: number;
  verdict: Verdict;
  /** What it needs besides now. */
  open: ApprovalNeed[];
};

/**
 * Counts a person's vote for exactly what they saw, once. Throws a `UserError` that says what is so instead when they are too
 * late, what they saw is no longer what would happen, they have voted, or may not.
 */
export async function castVote(
  request: VoteRequest,
  { member, caller }: { member: Membership; caller: Caller },
  { store, policy, clock }: Pick<Adapters, 'store' | 'policy' | 'clock'>,
): Promise<VoteOutcome> {
  let open: ApprovalNeed[] = [];
  await decided(request, store, async (deployment) => {
    // The same click, delivered again, is not told that its person has voted.
    const counted = await countedBefore(deployment, caller, store);
    if (counted !== undefined) {
      open = counted;
      return 'already-committed';
    }
    requireReason(request);
    const now = clock.now();
    const approval = requireOpen(deployment, request, { now, policy: policy.version });
    const counts = countsOf(deployment, approval, member, policy.people);
    const { verdict, why } = request;
    const vote = { voter: member.id, verdict, at: now, countsFor: counts };
    open = openNeeds(approval.needs, [...approval.votes, vote]);
    const voted: DeploymentEvent = { type: 'voted', round: approval.round, verdict, countsFor: counts };
    const { number, version } = deployment;
    return store.commit([
      {
        ...{ kind: 'append', deployment: number, expect: version, by: caller.actor, cause: caller.arrival },
        events: verdict === 'reject' ? [voted, { type: 'rejected' }] : [voted],
        ...(why === undefined ? {} : { why }),
      },
      { kind: 'cast-vote', deployment: number, round: approval.round, voter: member.id, verdict },
      ringPreparing(number, { id: caller.arrival, by: member.id }),
      { kind: 'finish-arrival', id: caller.arrival, outcome: `${verdict} of #${number}` },
    ]);
  });
  return { deployment: request.deployment, verdict: request.verdict, open };
}

function requireReason({ deployment, verdict, why = '' }: VoteRequest): void {
  if (verdict === 'approve' || why.trim() !== '') return;
  throw new UserError(
    `Nothing was done: a rejection needs a reason. Type \`/forge reject #${deployment} because …\`.`,
  );
}

/** What was open after this very vote was counted. Undefined: it was not. */
async function countedBefore(
  { number }: Deployment,
  { arrival }: Caller,
  store: Store,
): Promise<ApprovalNeed[] | undefined> {
  const events = await store.events(number);
  const last = events.findLastIndex(({ cause }) => cause === arrival);
  if (last === -1) return undefined;
  const approval = deploymentOf(events.slice(0, last + 1))?.approval;
  return approval === undefined ? [] : openNeeds(approval.needs, approval.votes);
}

/** Whether this may be voted on now, as it was seen. */
function requireOpen(
  deployment: Deployment,
  { seen, verdict }: VoteRequest,
  { now, policy }: { now: number; policy: string },
): ApprovalState {
  const { number, phase, approval, plan, startAt } = deployment;
  const late = `Your vote on #${number} does not count`;
  if (isFinished(deployment)) throw new UserError(`${late}: ${ending(deployment)}`);
  if (deployment.abortRequestedBy !== undefined) throw new UserError(`${late}: it is being aborted.`);
  if (phase.kind !== 'awaiting-approval' || approval === undefined) {
    throw new UserError(notAsked(deployment, late));
  }
  if (now >= approval.deadline) throw new UserError(`${late}: the time for it is over. Nothing was changed.`);
  const isSeen = approval.round === seen.round && approval.digest === seen.digest;
  if (!isSeen || askedAbout(plan, policy, startAt) !== approval.digest) {
    const changed = [
      ...(isSeen ? [] : approval.changes),
      ...planChanges(approval.about, plan),
      ...startChange(approval.startAt, startAt),
      ...(policy === approval.policy ? [] : ['The policy of Forge has changed.']),
    ];
    const what = ['', ...changed].join(' ');
    throw new UserError(
      `Nothing was done: #${number} has changed since you looked at it.${what} Look at its message and ${verdict} it as it is then.`,
    );
  }
  return approval;
}

/** Why nobody can vote on what has not ended. */
function notAsked({ number, phase, approval, startedAt }: Deployment, late: string): string {
  if (phase.kind === 'building') {
    return `The image of #${number} is still being made. Its message shows when it can be approved.`;
  }
  if (phase.kind === 'requested' || phase.kind === 'checking') {
    return `#${number} is still being checked. Its message shows when it can be approved.`;
  }
  if (approval === undefined) {
    return startedAt === undefined
      ? `Nobody is asked to approve #${number} now. Its message shows what it waits for.`
      : `#${number} needed no approval, and has started.`;
  }
  const isEnough = openNeeds(approval.needs, approval.votes).length === 0;
  if (isEnough || startedAt !== undefined) return `${late}: it has been let go already.`;
  return `Nobody is asked to approve #${number} now. Its message shows what it waits for, and when it can be approved.`;
}

/** Throws a `UserError` for somebody whose vote would not count; it is `NotEligible` where fresher facts of their groups may help. */
export function requireVoter(deployment: Deployment, member: Membership, people: PeoplePolicy): void {
  if (deployment.approval !== undefined) countsOf(deployment, deployment.approval, member, people);
}

/** What somebody has done with it who may not vote on it. */
function part({ number, requestedBy, pushed }: Deployment, { id }: Membership): string {
  if (requestedBy.kind === 'person' && requestedBy.userId === id) return `asked for #${number} yourself`;
  if (pushed?.person === id) return `pushed what #${number} deploys`;
  if (pushed?.author === id) return `wrote what #${number} deploys, and nobody knows who pushed it`;
  return `set the time of #${number}`;
}

/** What the person's vote counts for. */
function countsOf(
  deployment: Deployment,
  approval: ApprovalState,
  member: Membership,
  people: PeoplePolicy,
): string[] {
  const { number } = deployment;
  const earlier = approval.votes.find(({ voter }) => voter === member.id);
  if (earlier !== undefined) {
    throw new UserError(
      `You have voted on #${number} already, and a person counts once. Nothing was changed.`,
    );
  }
  if (approval.excluded.includes(member.id)) {
    throw new UserError(
      `You ${part(deployment, member)}, so others have to decide about it. To stop it, type \`/forge abort #${number}\`.`,
    );
  }
  const counts = countsFor(member, approval.needs, deployment, people);
  if (counts.length > 0) return counts;
  throw new NotEligible(
    `Your vote on #${number} would not count: it is decided by ${needsWords(approval.needs)}. Its message says whom to ask.`,
  );
}
