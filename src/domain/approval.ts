import { z } from 'zod';
import { type ActPlace, isOf, type Membership, type PeoplePolicy } from './people-policy.ts';
import type { Plan } from './plan.ts';

/** So many people of a role or a group, such as one `release-manager`. */
export const ApprovalNeed = z.strictObject({ from: z.string(), count: z.int().min(1) });
export type ApprovalNeed = z.infer<typeof ApprovalNeed>;

export const Verdict = z.enum(['approve', 'reject']);
export type Verdict = z.infer<typeof Verdict>;

/** What a deployment needs before it may start. */
export type ApprovalPolicy = {
  needs: readonly ApprovalNeed[];
  /** Unanswered for so long it has expired. Milliseconds. */
  within: number;
  /** An incident commander may let an emergency of their own go. */
  emergencyAlone: boolean;
};

export type Vote = {
  voter: string;
  verdict: Verdict;
  /** Milliseconds since the epoch. */
  at: number;
  /** The needs it may count for: those of whose role or group the voter was then. */
  countsFor: readonly string[];
  /** As typed. */
  why?: string;
};

/** What people are asked before a deployment may start, and how they have voted. */
export type ApprovalState = {
  round: number;
  /** Of `about` and `policy`. */
  digest: string;
  /** The policy people are asked under. */
  policy: string;
  /** What they are asked about. */
  about: Plan;
  /** When it was to start at the earliest; see `Deployment`. */
  startAt?: number;
  needs: readonly ApprovalNeed[];
  excluded: readonly string[];
  /** Why its time needs somebody’s consent besides, which is asked for at the same time. */
  consent?: string | undefined;
  /** Milliseconds since the epoch. */
  askedAt: number;
  deadline: number;
  changes: readonly string[];
  votes: readonly Vote[];
  remindedAt?: number;
};

/** One more is needed where nobody knows who pushed it: whoever did may be among those who vote. */
export function withOneMore({ needs: [first, ...others], ...policy }: ApprovalPolicy): ApprovalPolicy {
  return { ...policy, needs: first === undefined ? [] : [{ ...first, count: first.count + 1 }, ...others] };
}

/** Which needs the votes leave open. None: it is approved. */
export function openNeeds(needs: readonly ApprovalNeed[], votes: readonly Vote[]): ApprovalNeed[] {
  const seats = needs.flatMap(({ from, count }) => Array.from({ length: count }, () => from));
  const taken = seated(
    seats,
    votes.filter(({ verdict }) => verdict === 'approve'),
  );
  const open = seats.filter((_, seat) => !taken.has(seat));
  return needs.flatMap(({ from }) => {
    const count = open.filter((one) => one === from).length;
    return count === 0 ? [] : [{ from, count }];
  });
}

/**
 * Gives every person one seat at most, and as many seats to people as can be: who may sit on several makes room for one who
 * may not (a maximum matching, by augmenting paths). Person by seat.
 */
function seated(seats: readonly string[], votes: readonly Vote[]): Map<number, Vote> {
  const taken = new Map<number, Vote>();
  const findSeat = (vote: Vote, tried: Set<number>): boolean => {
    for (const [seat, from] of seats.entries()) {
      if (tried.has(seat) || !vote.countsFor.includes(from)) continue;
      tried.add(seat);
      const sitting = taken.get(seat);
      if (sitting !== undefined && !findSeat(sitting, tried)) continue;
      taken.set(seat, vote);
      return true;
    }
    return false;
  };
  for (const vote of votes) findSeat(vote, new Set());
  return taken;
}

/** The needs a person's vote may count for in a place. */
export function countsFor(
  person: Membership,
  needs: readonly ApprovalNeed[],
  place: ActPlace,
  people: PeoplePolicy,
): string[] {
  return needs.map(({ from }) => from).filter((from) => isOf(from, person, place, people));
}
