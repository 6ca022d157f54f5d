import { tryMerge } from './git/merge.ts';
import { contains } from './git/refs.ts';
import type { Pull, Repository } from './model.ts';
import { isAtLeast } from './people.ts';

export type MergeState = {
  mergeable: boolean | null;
  state: 'clean' | 'dirty' | 'blocked' | 'behind' | 'unstable' | 'draft' | 'unknown';
};

/**
 * Whether a pull request can be merged. GitHub works that out after somebody asked: the first answer after its branch or its base
 * moved is `unknown`.
 */
export async function mergeState(repository: Repository, pull: Pull): Promise<MergeState> {
  if (pull.state === 'closed') return { mergeable: null, state: 'unknown' };
  const asked = `${pull.base.sha}...${pull.head.sha}`;
  if (pull.asked !== asked) {
    pull.asked = asked;
    return { mergeable: null, state: 'unknown' };
  }
  const trial = await tryMerge(repository.git, pull.base.sha, pull.head.sha);
  if (trial.kind === 'conflict') return { mergeable: false, state: 'dirty' };
  return { mergeable: true, state: await cleanState(repository, pull) };
}

async function cleanState(repository: Repository, pull: Pull): Promise<MergeState['state']> {
  if (pull.isDraft) return 'draft';
  if (await isBehind(repository, pull)) return 'behind';
  if ((await blockers(repository, pull)).length > 0) return 'blocked';
  const isAllGreen = [...checksOf(repository, pull.head.sha).values()].every((check) => check === 'passed');
  return isAllGreen ? 'clean' : 'unstable';
}

/** What the rules of the base want that is not met, in GitHub's words. */
export async function blockers(repository: Repository, pull: Pull): Promise<string[]> {
  const protection = repository.protections.get(pull.base.ref);
  if (protection === undefined) return [];
  const reasons: string[] = [];
  const checks = checksOf(repository, pull.head.sha);
  for (const name of protection.checks) {
    const state = checks.get(name);
    if (state === 'passed') continue;
    reasons.push(`Required status check "${name}" is ${state === 'failed' ? 'failing' : 'expected'}.`);
  }
  const { approvals } = protection;
  if (approvals > 0 && verdicts(repository, pull).includes('CHANGES_REQUESTED')) {
    reasons.push('Changes were requested by a reviewer with write access.');
  }
  if (verdicts(repository, pull).filter((verdict) => verdict === 'APPROVED').length < approvals) {
    const noun = approvals === 1 ? 'review is' : 'reviews are';
    reasons.push(`At least ${approvals} approving ${noun} required by reviewers with write access.`);
  }
  if (await isBehind(repository, pull))
    reasons.push('The head branch is not up to date with the base branch.');
  return reasons;
}

async function isBehind(repository: Repository, { base, head }: Pull): Promise<boolean> {
  if (repository.protections.get(base.ref)?.upToDate !== true) return false;
  return !(await contains(repository.git, { commit: head.sha, ancestor: base.sha }));
}

type CheckState = 'passed' | 'failed' | 'waiting';

/** The newest of each name. */
function checksOf(repository: Repository, sha: string): Map<string, CheckState> {
  const states = new Map<string, CheckState>();
  for (const check of repository.checkRuns) {
    if (check.sha === sha) states.set(check.name, checkState(check.conclusion));
  }
  for (const status of repository.statuses) {
    if (status.sha === sha) states.set(status.context, statusState(status.state));
  }
  return states;
}

function checkState(conclusion: string | null): CheckState {
  if (conclusion === null) return 'waiting';
  return ['success', 'neutral', 'skipped'].includes(conclusion) ? 'passed' : 'failed';
}

function statusState(state: string): CheckState {
  if (state === 'pending') return 'waiting';
  return state === 'success' ? 'passed' : 'failed';
}

/** The newest of each person who may write; a comment leaves what they said before. */
function verdicts(repository: Repository, pull: Pull): string[] {
  const newest = new Map<string, string>();
  for (const { by, state } of pull.reviews) {
    if (state === 'COMMENTED' || !isAtLeast(repository.collaborators.get(by), 'write')) continue;
    newest.set(by, state);
  }
  return [...newest.values()];
}
