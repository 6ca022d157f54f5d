import type { CommitCheckState } from './commit-check.ts';
import type { Standing } from './shipment-event.ts';

type CheckSeen = {
  name: string;
  state: CommitCheckState;
  url?: string;
};
type ReviewSeen = {
  by: PersonSeen;
  verdict: 'approved' | 'changes-requested' | 'commented' | 'dismissed';
  sha: string;
  counts: boolean;
};
type PersonSeen = { login?: string; name?: string; email?: string };

/** What GitHub says of one open pull request, all of the same moment. */
export type PullSeen = {
  head: string;
  isDraft: boolean;
  mergeable: 'yes' | 'conflict' | 'blocked' | 'behind' | 'unknown';
  base: string;
  checks: readonly CheckSeen[];
  /** What the policy wants of GitHub’s checks, as looked at by it; empty: nothing is named, and all there are count. */
  required: readonly { name: string; verdict: 'passed' | 'failed' | 'waiting'; says: string }[];
  reviews: readonly ReviewSeen[];
  /** Who made it: the one who opened it, the authors of its commits, and who asked Forge. Their own word does not count. */
  makers: readonly PersonSeen[];
  /** False: there are more commits than GitHub lists, so that it is not known who made them. */
  areMakersKnown: boolean;
  reviewsWanted: number;
  /** Since it was opened. Milliseconds. */
  age: number;
};

/** GitHub starts checks a moment after the commit is there: so long none is no sign that there are none. Milliseconds. */
const CHECKS_BEGIN_WITHIN = 15_000;

/** What stands in the way of a merge, in sentences. What is not known stands in the way. */
export function standingOf(seen: PullSeen): Standing {
  const approvedBy = approvers(seen);
  const changesWantedBy = seen.reviews.flatMap(({ by, verdict, counts }) =>
    verdict === 'changes-requested' && counts ? (by.login ?? by.name ?? 'somebody') : [],
  );
  const { needs, waits } = obstacles(seen, approvedBy, changesWantedBy);
  const checks = seen.checks.map(({ name, state, url }) => ({
    ...{ name, state: shownState(state) },
    ...(url === undefined ? {} : { url }),
  }));
  return { head: seen.head, checks, approvedBy, changesWantedBy, lacks: [...needs, ...waits], needs };
}

function obstacles(seen: PullSeen, approvedBy: readonly string[], changesWantedBy: readonly string[]) {
  const checks = checkObstacles(seen);
  const needs = [
    ...(seen.isDraft ? ['It is a draft. Mark it as ready for review on GitHub.'] : []),
    ...(seen.mergeable === 'conflict'
      ? [`It conflicts with ${seen.base}. Somebody has to merge ${seen.base} into the branch and settle it.`]
      : []),
    ...(seen.mergeable === 'behind'
      ? [`${seen.base} has moved on. Somebody has to update the branch on GitHub.`]
      : []),
    ...checks.failed,
    ...(changesWantedBy.length > 0 ? [`${changesWantedBy.join(', ')} asked for changes.`] : []),
    ...(seen.areMakersKnown
      ? []
      : [
          'It has more commits than GitHub lists, so nobody knows whose approval counts. Merge it on GitHub.',
        ]),
  ];
  const missing = seen.reviewsWanted - approvedBy.length;
  const waits = [
    ...checks.waiting,
    ...(missing > 0
      ? [
          `It waits for the approval of ${missing === 1 ? 'one other person' : `${missing} other people`} on GitHub.`,
        ]
      : []),
    ...(seen.mergeable === 'unknown' ? ['GitHub is still working out whether it can be merged.'] : []),
  ];
  // A rule of the branch is only worth a line of its own where nothing that is said already explains it.
  const isExplained = needs.length > 0 || waits.length > 0;
  const rule = `A rule of ${seen.base} on GitHub is not met. Its page says which.`;
  return { needs: seen.mergeable === 'blocked' && !isExplained ? [rule] : needs, waits };
}

function checkObstacles(seen: PullSeen): { failed: string[]; waiting: string[] } {
  if (seen.required.length > 0) {
    return {
      failed: seen.required.flatMap(({ name, verdict, says }) =>
        verdict === 'failed' ? `${name}: ${says}` : [],
      ),
      waiting: seen.required.flatMap(({ name, verdict, says }) =>
        verdict === 'waiting' ? `${name}: ${says}` : [],
      ),
    };
  }
  const named = (state: 'failed' | 'waiting') =>
    seen.checks.flatMap((check) => (shownState(check.state) === state ? check.name : []));
  const failed = named('failed');
  const waiting = named('waiting');
  const isEarly = seen.checks.length === 0 && seen.age < CHECKS_BEGIN_WITHIN;
  return {
    failed: failed.length === 0 ? [] : [`On GitHub ${failed.join(', ')} did not pass.`],
    waiting: [
      ...(waiting.length === 0 ? [] : [`On GitHub ${waiting.join(', ')} is not done yet.`]),
      ...(isEarly ? ['GitHub has not started its checks yet.'] : []),
    ],
  };
}

/** Somebody may have approved a commit before this one: that is no word about this one. */
function approvers({ reviews, makers, head, areMakersKnown }: PullSeen): string[] {
  if (!areMakersKnown) return [];
  return reviews.flatMap(({ by, verdict, sha, counts }) => {
    if (verdict !== 'approved' || !counts || sha !== head || by.login === undefined) return [];
    return makers.some((maker) => isSame(maker, by)) ? [] : [by.login];
  });
}

function isSame(one: PersonSeen, other: PersonSeen): boolean {
  const same = (left?: string, right?: string) =>
    left !== undefined && right !== undefined && left.toLowerCase() === right.toLowerCase();
  return same(one.login, other.login) || same(one.email, other.email);
}

/** A state that says nothing of the commit as it is does not pass. */
function shownState(state: CheckSeen['state']): 'passed' | 'waiting' | 'failed' | 'ignored' {
  switch (state) {
    case 'passed':
      return 'passed';
    case 'waiting':
      return 'waiting';
    case 'neutral':
    case 'skipped':
      return 'ignored';
    case 'failed':
    case 'stale':
    case 'cancelled':
    case 'timed-out':
    case 'action-required':
      return 'failed';
  }
}
