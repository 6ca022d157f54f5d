import { z } from 'zod';
import type { CodeHost, RefNow, Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { GithubApi, Read } from './api.ts';
import { CONTENTS } from './permissions.ts';
import { isRefName, isSha } from './repository-name.ts';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);
const GitObject = z.object({ object: z.object({ type: z.string(), sha: Sha }) });
const Named = z.array(z.object({ name: z.string(), commit: z.object({ sha: Sha }) }));

/** A tag may be of a tag; git itself goes on for ever. */
const MOST_TAGS_OF_TAGS = 5;

/** What branches and tags point at. */
export function createRefs(api: GithubApi): Pick<CodeHost, 'ref' | 'refs'> {
  return {
    async ref(repository, ref, options) {
      if (!isRefName(ref)) return { kind: 'absent' };
      // Whatever a branch may be called: who writes a whole number means that commit.
      if (isSha(ref)) return committed(api, repository, ref, options);
      const branch = await api.find(repository, refCall(repository, `heads/${ref}`), options);
      if (branch?.object.type === 'commit') return { kind: 'branch', sha: branch.object.sha };
      const tag = await api.find(repository, refCall(repository, `tags/${ref}`), options);
      if (tag !== undefined) return tagged(api, repository, tag.object, options);
      return /^[0-9a-f]{7,40}$/.test(ref) ? committed(api, repository, ref, options) : { kind: 'absent' };
    },
    async refs(repository, options) {
      const [branches, tags] = await Promise.all([
        api.readPages(repository, listCall(repository, 'branches'), options),
        api.readPages(repository, listCall(repository, 'tags'), options),
      ]);
      return { branches: shasByName(branches), tags: shasByName(tags) };
    },
  };
}

function refCall(repository: Repository, ref: string): Read<z.infer<typeof GitObject>> {
  return {
    what: `read ${ref} of ${repository}`,
    needs: CONTENTS,
    route: 'GET /repos/{owner}/{repo}/git/ref/{ref}',
    parameters: { ref },
    answer: GitObject,
    isOften: true,
  };
}

function listCall(repository: Repository, kind: 'branches' | 'tags'): Read<z.infer<typeof Named>> {
  return {
    what: `list the ${kind} of ${repository}`,
    needs: CONTENTS,
    route: `GET /repos/{owner}/{repo}/${kind}`,
    answer: Named,
    isOften: true,
  };
}

/** The commit of a tag, which may be of an object of its own (an annotated one). A tag of no commit is none for us. */
async function tagged(
  api: GithubApi,
  repository: Repository,
  object: { type: string; sha: string },
  options: CallOptions,
): Promise<RefNow> {
  let at = object;
  for (let depth = 0; at.type === 'tag' && depth < MOST_TAGS_OF_TAGS; depth++) {
    const call: Read<z.infer<typeof GitObject>> = {
      what: `read a tag of ${repository}`,
      needs: CONTENTS,
      route: 'GET /repos/{owner}/{repo}/git/tags/{sha}',
      parameters: { sha: at.sha },
      answer: GitObject,
      isOften: true,
    };
    at = (await api.read(repository, call, options)).object;
  }
  return at.type === 'commit' ? { kind: 'tag', sha: at.sha } : { kind: 'absent' };
}

/** 422: no such commit, or more than one. 409: a repository without any. */
async function committed(
  api: GithubApi,
  repository: Repository,
  prefix: string,
  options: CallOptions,
): Promise<RefNow> {
  const call = {
    what: `read the commit ${prefix} of ${repository}`,
    needs: CONTENTS,
    route: 'GET /repos/{owner}/{repo}/commits/{ref}' as const,
    parameters: { ref: prefix, per_page: 1 },
    answer: z.object({ sha: Sha }),
    absent: [404, 409, 422],
  };
  const found = await api.find(repository, call, options);
  return found?.sha.startsWith(prefix) === true ? { kind: 'commit', sha: found.sha } : { kind: 'absent' };
}

function shasByName(pages: readonly z.infer<typeof Named>[]): Record<string, string> {
  return Object.fromEntries(pages.flat().map(({ name, commit }) => [name, commit.sha]));
}
