import { type ApprovalNeed, type ApprovalPolicy, type ApprovalState, openNeeds } from './approval.ts';
import type { Deployment } from './deployment.ts';
import { digestOf } from './json.ts';
import type { Plan } from './plan.ts';
import { planChanges, substanceOf } from './plan-changes.ts';

/** How far the approval of a deployment is; times are milliseconds since the epoch. */
export type ApprovalStanding =
  | { kind: 'not-needed' }
  /** Nobody was asked about this yet: votes about anything else say nothing of it. */
  | {
      kind: 'to-ask';
      round: number;
      digest: string;
      policy: string;
      needs: ApprovalNeed[];
      changes: string[];
    }
  /** `remindAt` is absent once people were reminded. */
  | { kind: 'open'; open: ApprovalNeed[]; deadline: number; remindAt?: number }
  | { kind: 'approved' }
  /** Nobody let it go in time. */
  | { kind: 'expired'; open: ApprovalNeed[] };

/** The policy a decision is made under: what is needed here, and the file's version. */
export type ApprovalRules = { approvals?: ApprovalPolicy; version: string };

/** The digest a vote is bound to: of everything people are asked about, of the policy they are asked under, and of the time it starts at. */
export function askedAbout(plan: Plan, policy: string, startAt?: number): string {
  return digestOf({ plan: substanceOf(plan), policy, ...(startAt === undefined ? {} : { startAt }) });
}

/**
 * Whether it is an emergency: somebody called it one as it is now and under the policy of now, so that a change of either ends that.
 * Once it has begun it stays one.
 */
export function isEmergency(
  { plan, emergency, startAt, startedAt }: Pick<Deployment, 'plan' | 'emergency' | 'startAt' | 'startedAt'>,
  policy: string,
): boolean {
  if (emergency === undefined || startedAt !== undefined) return emergency !== undefined;
  return emergency.digest === askedAbout(plan, policy, startAt);
}

export function approvalStanding(
  deployment: Pick<Deployment, 'plan' | 'approval' | 'emergency' | 'startAt' | 'startedAt'>,
  { approvals, version }: ApprovalRules,
  now: number,
): ApprovalStanding {
  if (approvals === undefined) return { kind: 'not-needed' };
  if (isEmergency(deployment, version)) return { kind: 'approved' };
  const { plan, approval, startAt } = deployment;
  const digest = askedAbout(plan, version, startAt);
  if (approval?.digest !== digest) {
    const changes = approval === undefined ? [] : changesSince(approval, { plan, startAt }, version);
    const round = (approval?.round ?? 0) + 1;
    return { kind: 'to-ask', round, digest, policy: version, needs: [...approvals.needs], changes };
  }
  const open = openNeeds(approval.needs, approval.votes);
  if (open.length === 0) return { kind: 'approved' };
  if (now >= approval.deadline) return { kind: 'expired', open };
  const { deadline, askedAt, remindedAt } = approval;
  const remindAt =
    remindedAt === undefined ? { remindAt: askedAt + Math.round((deadline - askedAt) / 2) } : {};
  return { kind: 'open', open, deadline, ...remindAt };
}

function changesSince(
  asked: ApprovalState,
  { plan, startAt }: { plan: Plan; startAt: number | undefined },
  policy: string,
): string[] {
  const changes = [...planChanges(asked.about, plan), ...startChange(asked.startAt, startAt)];
  return asked.policy === policy ? changes : [...changes, 'The policy of Forge has changed.'];
}

/** How the time it starts at has changed, a sentence; none: it has not. In UTC, for who reads it may be anywhere: views show each reader their own. */
export function startChange(before: number | undefined, after: number | undefined): string[] {
  if (before === after || before === undefined || after === undefined) return [];
  return [`It starts on ${utc(after)} instead of ${utc(before)}.`];
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}
