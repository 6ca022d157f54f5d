import { z } from 'zod';
import { readCommit } from '../git/commits.ts';
import { commitAt, contains, findRef, isRefName, listRefs, type Ref } from '../git/refs.ts';
import { GithubError, notFound } from '../github-error.ts';
import { changeRefs } from '../ref-changes.ts';
import { apiOf } from '../views/addresses.ts';
import { gitCommitView } from '../views/commits.ts';
import { loginOf } from './caller.ts';
import { paged } from './paged.ts';
import { created, inRepository, NO_CONTENT, ok, type RepositoryCall, type Route } from './route.ts';

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const NewRef = z.object({ ref: z.string(), sha });
const MovedRef = z.object({ sha, force: z.boolean().default(false) });

/** Refs and objects as git knows them. */
export const refRoutes: Route[] = [
  ...(['GET /git/ref/:ref*', 'GET /git/refs/:ref*'] as const).map((place) =>
    inRepository(place, 'git.getRef', ['contents', 'read'], async (call) => {
      const ref = await findRef(call.repository.git, `refs/${call.params.ref}`);
      if (ref === undefined) throw notFound();
      return ok(refView(ref, call));
    }),
  ),
  inRepository('GET /git/matching-refs/:ref*', 'git.listMatchingRefs', ['contents', 'read'], async (call) => {
    const refs = await listRefs(call.repository.git, `refs/${call.params.ref}`);
    const { items, headers } = paged(call, refs);
    return ok(
      items.map((ref) => refView(ref, call)),
      headers,
    );
  }),
  inRepository('POST /git/refs', 'git.createRef', ['contents', 'write'], (call) =>
    call.repository.inTurn(async () => {
      const { ref: name, sha: after } = call.read(NewRef);
      const { hub, repository } = call;
      const isName = name.startsWith('refs/') && (await isRefName(repository.git, name));
      if (!isName) throw new GithubError(422, 'Reference name is invalid');
      await requireCommit(call, after);
      const changes = [{ name, after }];
      if (!(await changeRefs({ hub, repository }, { changes, by: loginOf(call.caller) }))) {
        throw new GithubError(422, 'Reference already exists');
      }
      return created(refView({ name, object: { sha: after, type: 'commit' }, commit: after }, call));
    }),
  ),
  inRepository('PATCH /git/refs/:ref*', 'git.updateRef', ['contents', 'write'], (call) =>
    call.repository.inTurn(async () => {
      const { sha: after, force } = call.read(MovedRef);
      const ref = await existing(call);
      await requireCommit(call, after);
      const { hub, repository } = call;
      requireUnprotected(call, ref.name);
      const isForward = await contains(repository.git, { commit: after, ancestor: ref.commit });
      if (!isForward && !force) throw new GithubError(422, 'Update is not a fast forward');
      const changes = [{ name: ref.name, before: ref.object.sha, after }];
      await changeRefs({ hub, repository }, { changes, by: loginOf(call.caller) });
      return ok(refView({ ...ref, object: { sha: after, type: 'commit' } }, call));
    }),
  ),
  inRepository('DELETE /git/refs/:ref*', 'git.deleteRef', ['contents', 'write'], (call) =>
    call.repository.inTurn(async () => {
      const ref = await existing(call);
      requireUnprotected(call, ref.name);
      const { hub, repository } = call;
      const changes = [{ name: ref.name, before: ref.object.sha }];
      await changeRefs({ hub, repository }, { changes, by: loginOf(call.caller) });
      return NO_CONTENT;
    }),
  ),
  inRepository('GET /git/tags/:sha', 'git.getTag', ['contents', 'read'], async (call) => {
    const { repository, params } = call;
    const refs = await listRefs(repository.git, 'refs/tags/');
    const tag = refs.find(({ object }) => object.type === 'tag' && object.sha === params.sha);
    if (tag === undefined) throw notFound();
    const api = apiOf(call.hub, repository);
    return ok({
      node_id: `TA_${tag.object.sha}`,
      sha: tag.object.sha,
      url: `${api}/git/tags/${tag.object.sha}`,
      tag: tag.name.slice('refs/tags/'.length),
      message: '',
      object: { sha: tag.commit, type: 'commit', url: `${api}/git/commits/${tag.commit}` },
    });
  }),
  inRepository('GET /git/commits/:sha', 'git.getCommit', ['contents', 'read'], async (call) => {
    const { hub, repository, params } = call;
    const isFull = /^[0-9a-f]{40}$/.test(params.sha ?? '');
    const commit = isFull ? await commitAt(repository.git, params.sha ?? '') : undefined;
    if (commit === undefined) throw notFound();
    return ok(gitCommitView(await readCommit(repository.git, commit), { hub, repository }));
  }),
];

async function existing({ repository, params }: RepositoryCall): Promise<Ref> {
  const ref = await findRef(repository.git, `refs/${params.ref}`);
  if (ref === undefined) throw new GithubError(422, 'Reference does not exist');
  return ref;
}

async function requireCommit({ repository }: RepositoryCall, wanted: string): Promise<void> {
  if ((await commitAt(repository.git, wanted)) === undefined) {
    throw new GithubError(422, 'Object does not exist');
  }
}

function requireUnprotected({ repository }: RepositoryCall, name: string): void {
  if (!repository.protections.has(name.replace(/^refs\/heads\//, ''))) return;
  throw new GithubError(422, 'Changes must be made through a pull request.');
}

function refView({ name, object }: Ref, { hub, repository }: RepositoryCall) {
  const api = apiOf(hub, repository);
  const kind = object.type === 'tag' ? 'tags' : 'commits';
  return {
    ref: name,
    node_id: `REF_${name}`,
    url: `${api}/git/${name}`,
    object: { sha: object.sha, type: object.type, url: `${api}/git/${kind}/${object.sha}` },
  };
}
