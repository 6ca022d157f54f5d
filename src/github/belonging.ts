import { z } from 'zod';
import type { Belonging, CodeHost, Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { GithubApi } from './api.ts';
import { CONTENTS, METADATA, PULL_REQUESTS } from './permissions.ts';
import { PullSummary } from './pull-request.ts';

type Ref = { name: string; sha: string };

/** So many are compared with a commit at most; each comparison is a request. */
const MOST_COMPARED = 100;
/** At the same time. */
const ABREAST = 10;

/**
 * Whose a commit is. GitHub keeps a repository and its forks in one place, and tells of a commit of any of them through each:
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/about-permissions-and-visibility-of-forks
 * It cannot be asked for the branches that have a commit, so they are compared with it: the likely ones first.
 */
export function createBelonging(
  api: GithubApi,
  { refs }: Pick<CodeHost, 'refs'>,
): Pick<CodeHost, 'belonging'> {
  return {
    async belonging(repository, sha, options) {
      const { branches, tags } = await refs(repository, options);
      const all = [...listed(branches), ...listed(tags)];
      const exact = all.find((ref) => ref.sha === sha);
      if (exact !== undefined) return { kind: 'on', ref: exact.name };
      const likely = await likelyBranches(api, repository, sha, options);
      const first = likely.flatMap((name) => all.find((ref) => ref.name === name) ?? []);
      const tips = distinct([...first, ...all]);
      return search(tips, (ref) => has(api, repository, { ref, sha }, options));
    },
  };
}

async function search(tips: readonly Ref[], isOn: (ref: Ref) => Promise<boolean>): Promise<Belonging> {
  const most = tips.slice(0, MOST_COMPARED);
  // The likeliest one by itself: mostly it is enough.
  for (let at = 0, size = 1; at < most.length; at += size, size = ABREAST) {
    const some = most.slice(at, at + size);
    const are = await Promise.all(some.map(isOn));
    const found = some.find((_, index) => are[index]);
    if (found !== undefined) return { kind: 'on', ref: found.name };
  }
  if (most.length === tips.length) return { kind: 'on-none' };
  return { kind: 'unclear', looked: most.length, of: tips.length };
}

/** The default branch, then those of pull requests about the commit. What they say is only where to look first. */
async function likelyBranches(
  api: GithubApi,
  repository: Repository,
  sha: string,
  options: CallOptions,
): Promise<string[]> {
  const { default_branch: main } = await api.read(
    repository,
    {
      what: `see ${repository}`,
      needs: METADATA,
      route: 'GET /repos/{owner}/{repo}',
      answer: z.object({ default_branch: z.string() }),
      isOften: true,
    },
    options,
  );
  const pulls = await api.find(
    repository,
    {
      what: `look for the pull requests of ${sha.slice(0, 12)} in ${repository}`,
      needs: { ...PULL_REQUESTS, access: 'read' },
      route: 'GET /repos/{owner}/{repo}/commits/{sha}/pulls',
      parameters: { sha },
      answer: z.array(PullSummary),
      absent: [404, 422],
    },
    options,
  );
  return [main, ...(pulls ?? []).flatMap(({ head, base }) => [head.ref, base.ref])];
}

/** Whether the commit is the one a ref points at, or one before it. */
async function has(
  api: GithubApi,
  repository: Repository,
  { ref, sha }: { ref: Ref; sha: string },
  options: CallOptions,
): Promise<boolean> {
  const call = {
    what: `compare ${ref.name} with ${sha.slice(0, 12)} in ${repository}`,
    needs: CONTENTS,
    route: 'GET /repos/{owner}/{repo}/compare/{basehead}' as const,
    // By its commit, since a branch and a tag may have one name. Files are on the first page only, and not read.
    parameters: { basehead: `${ref.sha}...${sha}`, per_page: 1, page: 2 },
    answer: z.object({ status: z.string() }),
    // They have nothing in common.
    absent: [404],
  };
  const found = await api.find(repository, call, options);
  return found?.status === 'behind' || found?.status === 'identical';
}

function listed(shas: Readonly<Record<string, string>>): Ref[] {
  return Object.entries(shas).map(([name, sha]) => ({ name, sha }));
}

/** Many refs are of one commit: it is compared once. */
function distinct(all: readonly Ref[]): Ref[] {
  const shas = new Set<string>();
  return all.filter(({ sha }) => {
    const isNew = !shas.has(sha);
    shas.add(sha);
    return isNew;
  });
}
