import { type ApprovalNeed, countsFor, openNeeds } from './approval.ts';
import type { Deployment } from './deployment.ts';
import type { Membership, PeoplePolicy } from './people-policy.ts';

/** Whether a person's approval would bring the deployment nearer to its start. `now` in milliseconds since the epoch. */
export function isVoteWanted(
  deployment: Deployment,
  member: Membership,
  { people, now }: { people: PeoplePolicy; now: number },
): boolean {
  const { approval, phase, abortRequestedBy, emergency } = deployment;
  if (approval === undefined || phase.kind !== 'awaiting-approval' || now >= approval.deadline) return false;
  if (abortRequestedBy !== undefined || emergency !== undefined) return false;
  const { needs, votes, excluded } = approval;
  if (excluded.includes(member.id) || votes.some(({ voter }) => voter === member.id)) return false;
  const counts = countsFor(member, needs, deployment, people);
  const vote = { voter: member.id, verdict: 'approve' as const, at: now, countsFor: counts };
  return seats(openNeeds(needs, [...votes, vote])) < seats(openNeeds(needs, votes));
}

function seats(needs: readonly ApprovalNeed[]): number {
  let all = 0;
  for (const { count } of needs) all += count;
  return all;
}
