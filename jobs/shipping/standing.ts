import type { CheckPolicy } from '../../src/domain/check.ts';
import { type PullSeen, standingOf } from '../../src/domain/pull-request-standing.ts';
import type { Standing } from '../../src/domain/shipment-event.ts';
import type { CommitCheck, Comparison, PullRequest } from '../../src/ports/code-host.ts';
import { lookAtBranch } from './check.ts';
import type { Turn } from './turn.ts';

/** What stands in the way of merging an open pull request now, and what it is about. */
export async function lookAtPull(
  turn: Turn,
  pull: PullRequest,
): Promise<{ standing: Standing; comparison: Comparison; checks: readonly CommitCheck[] }> {
  const { shipment, github, host, world, signal } = turn;
  const { repository, base, head } = shipment;
  const [checks, reviews, comparison] = await Promise.all([
    host.checks(repository, head, { signal }),
    host.reviews(repository, pull.number, { signal }),
    host.compare(repository, { base, head }, { signal }),
  ]);
  const { commits, totalCommits } = comparison;
  const seen: PullSeen = {
    ...{ head, base, isDraft: pull.isDraft, mergeable: pull.mergeable, checks, reviews },
    required: await required(turn),
    makers: [
      pull.author,
      ...commits.map(({ author }) => author),
      ...(await pushers(turn, commits)),
      ...requesters(turn),
    ],
    areMakersKnown: commits.length >= totalCommits,
    reviewsWanted: github.ship.reviews,
    age: world.clock.now() - (shipment.pull?.openedAt ?? world.clock.now()),
  };
  const standing = standingOf(seen);
  if (pull.base.ref === base) return { standing, comparison, checks };
  const elsewhere = `It goes into ${pull.base.ref} on GitHub now, not into ${base}. Change that back there, or cancel this.`;
  const { lacks, needs } = standing;
  return {
    standing: { ...standing, lacks: [elsewhere, ...lacks], needs: [elsewhere, ...needs] },
    ...{ comparison, checks },
  };
}

/** As the code host told. Git takes an author at their word: whoever commits in another's name could approve it themselves. */
async function pushers(
  { shipment, world }: Turn,
  commits: readonly { sha: string }[],
): Promise<{ login: string }[]> {
  const { repository, branch } = shipment;
  const of = { repository, ref: `refs/heads/${branch}` };
  const told = await Promise.all(commits.map(({ sha }) => world.store.toldPush({ ...of, commit: sha })));
  return told.flatMap((push) => (push?.login === undefined ? [] : { login: push.login }));
}

/** Whoever asked Forge for it has made it as much as whoever wrote it. */
function requesters({ shipment, github }: Turn): { login: string }[] {
  const { requestedBy } = shipment;
  if (requestedBy.kind !== 'person') return [];
  const logins = Object.entries(github.people).filter(([, userId]) => userId === requestedBy.userId);
  return logins.map(([login]) => ({ login }));
}

/** GitHub’s checks that the policy names. */
async function required(turn: Turn): Promise<PullSeen['required']> {
  const named = turn.service.checks.filter(({ kind }) => kind === 'github');
  return Promise.all(named.map((policy) => looked(policy, turn)));
}

async function looked(policy: CheckPolicy, turn: Turn): Promise<PullSeen['required'][number]> {
  const { headAt, pull } = turn.shipment;
  const since = Math.max(headAt, pull?.openedAt ?? headAt);
  const verdict = await lookAtBranch(policy, turn, since);
  const { name } = policy;
  const { says } = verdict;
  switch (verdict.kind) {
    case 'passed':
    case 'waiting':
      return { name, verdict: verdict.kind, says };
    case 'failed':
    case 'unknown':
      return { name, verdict: 'failed', says };
  }
}
