import type { z } from 'zod';
import { knownCommit, knownLogin, knownPull, knownRepository } from './control-github-known.ts';
import type * as requests from './control-github-requests.ts';
import { pullState } from './control-github-state.ts';
import { writeCommit } from './github/git/commits.ts';
import { findRef, isRefName } from './github/git/refs.ts';
import { treeWith } from './github/git/write-files.ts';
import type { GithubServer } from './github/github.ts';
import { GithubError } from './github/github-error.ts';
import type { Repository } from './github/model.ts';
import { tellPull } from './github/pull-events.ts';
import { branchHead, mergePull, openPull, reopenPull, signatureOf } from './github/pulls.ts';
import { changeRefs, closePull } from './github/ref-changes.ts';
import { reportCheck, reportStatus } from './github/reports.ts';
import { dismissReview, writeReview } from './github/reviews.ts';
import { ControlError } from './parts.ts';

type Input<Name extends keyof typeof requests> =
  (typeof requests)[Name] extends z.ZodType<infer Output> ? Output : never;
type Place = { hub: GithubServer['hub']; repository: Repository };

/** What somebody does at GitHub: each throws ControlError for what they could not do there. */
export function githubActs({ hub, webhooks }: GithubServer) {
  /** In turn with everything else that is done to the repository. */
  const inTurn = <Result>(fullName: string, act: (place: Place) => Promise<Result>): Promise<Result> => {
    const repository = knownRepository(hub, fullName);
    return repository.inTurn(() => understood(() => act({ hub, repository })));
  };
  return {
    commit: (input: Input<'Commit'>) => inTurn(input.repository, (place) => commit(place, input)),
    pushTag: (input: Input<'PushTag'>) => inTurn(input.repository, (place) => pushTag(place, input)),
    pushBranch: (input: Input<'PushBranch'>) => inTurn(input.repository, (place) => pushBranch(place, input)),
    deleteRef: (input: Input<'DeleteRef'>) => inTurn(input.repository, (place) => deleteRef(place, input)),
    openPull: (input: Input<'OpenPull'>) =>
      inTurn(input.repository, async (place) => {
        const { as, draft: isDraft, head, base, title, body } = input;
        return pullState(await openPull(place, { head, base, title, body, isDraft, by: knownLogin(as) }));
      }),
    changePull: (input: Input<'ChangePull'>) => inTurn(input.repository, (place) => changePull(place, input)),
    review: (input: Input<'WriteReview'>) => inTurn(input.repository, async (place) => review(place, input)),
    merge: (input: Input<'MergePull'>) =>
      inTurn(input.repository, async (place) => {
        const pull = knownPull(place.repository, input.pull);
        await mergePull(place, pull, { by: knownLogin(input.as), method: input.method });
        return pullState(pull);
      }),
    check: (input: Input<'ReportCheck'>) => inTurn(input.repository, (place) => check(place, input)),
    async protect({ repository, branch, rules }: Input<'Protect'>) {
      const { protections } = knownRepository(hub, repository);
      if (rules === null) protections.delete(branch);
      else protections.set(branch, rules);
      return { repository, branch, rules };
    },
    async allowMerges({ repository, methods }: Input<'AllowMerges'>) {
      const { merges } = knownRepository(hub, repository);
      for (const method of ['merge', 'squash', 'rebase'] as const) merges[method] = methods.includes(method);
      return { repository, methods };
    },
    redeliver(which: string): void {
      const guid = which === 'last' ? webhooks.deliveries().at(-1)?.guid : which;
      if (guid === undefined || !webhooks.redeliver(guid)) {
        throw new ControlError(404, `redeliver: there is no delivery ${which}.`);
      }
    },
  };
}

async function commit({ hub, repository }: Place, input: Input<'Commit'>) {
  const { branch, message, files } = input;
  const by = knownLogin(input.as);
  const name = `refs/heads/${branch}`;
  if (!(await isRefName(repository.git, name)))
    throw new ControlError(400, `branch: "${branch}" is no name.`);
  const before = await branchHead(repository, branch);
  const from = before ?? (await knownCommit(repository, input.from ?? repository.defaultBranch));
  const tree = await treeWith(repository.git, from, files);
  const author = signatureOf(by, hub.now());
  const after = await writeCommit(repository.git, { tree, parents: [from], message, author });
  await move({ hub, repository }, { name, before, after, by });
  return { branch, sha: after };
}

async function pushTag(place: Place, { tag, ref, as }: Input<'PushTag'>) {
  const after = await knownCommit(place.repository, ref);
  const name = `refs/tags/${tag}`;
  if (!(await isRefName(place.repository.git, name)))
    throw new ControlError(400, `tag: "${tag}" is no name.`);
  const before = (await findRef(place.repository.git, name))?.object.sha;
  await move(place, { name, before, after, by: knownLogin(as) });
  return { tag, sha: after };
}

async function pushBranch(place: Place, { branch, to, as }: Input<'PushBranch'>) {
  const after = await knownCommit(place.repository, to);
  const before = await branchHead(place.repository, branch);
  await move(place, { name: `refs/heads/${branch}`, before, after, by: knownLogin(as) });
  return { branch, sha: after };
}

async function deleteRef(place: Place, { branch, tag, as }: Input<'DeleteRef'>) {
  const name = branch === undefined ? `refs/tags/${tag}` : `refs/heads/${branch}`;
  const before = (await findRef(place.repository.git, name))?.object.sha;
  if (before === undefined) throw new ControlError(404, `There is no ${name}.`);
  await move(place, { name, before, after: undefined, by: knownLogin(as) });
  return { deleted: name };
}

/** Nothing happens where it is there already. */
async function move(
  place: Place,
  to: { name: string; before: string | undefined; after: string | undefined; by: string },
): Promise<void> {
  const { name, before, after, by } = to;
  if (before === after) return;
  if (place.repository.protections.has(name.replace('refs/heads/', ''))) {
    throw new ControlError(422, 'The branch has rules: changes must be made through a pull request.');
  }
  const change = { name, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  await changeRefs(place, { changes: [change], by });
}

async function changePull(place: Place, input: Input<'ChangePull'>) {
  const pull = knownPull(place.repository, input.pull);
  const by = knownLogin(input.as);
  if (input.draft !== undefined && input.draft !== pull.isDraft) {
    pull.isDraft = input.draft;
    tellPull(place, pull, { action: pull.isDraft ? 'converted_to_draft' : 'ready_for_review', by });
  }
  if (input.state === 'closed' && pull.state === 'open') closePull(place, pull, by);
  if (input.state === 'open' && pull.state === 'closed') await reopenPull(place, pull, by);
  return pullState(pull);
}

function review(place: Place, { pull: number, as, verdict, says }: Input<'WriteReview'>) {
  const pull = knownPull(place.repository, number);
  const by = knownLogin(as);
  if (verdict === 'dismiss') {
    if (!dismissReview(place, pull, by)) throw new ControlError(404, `${by} gave no verdict to dismiss.`);
    return pullState(pull);
  }
  const states = {
    approve: 'APPROVED',
    'request-changes': 'CHANGES_REQUESTED',
    comment: 'COMMENTED',
  } as const;
  const body = says === '' && verdict !== 'approve' ? 'Please look again.' : says;
  writeReview(place, pull, { by, state: states[verdict], body, sha: pull.head.sha });
  return pullState(pull);
}

async function check(place: Place, { ref, name, kind, state, says, as }: Input<'ReportCheck'>) {
  const sha = await knownCommit(place.repository, ref);
  const by = knownLogin(as);
  if (kind === 'check-run') {
    reportCheck(place, { name, sha, app: 'github-actions', state, says, by });
    return { name, sha, state };
  }
  const states = {
    queued: 'pending',
    in_progress: 'pending',
    success: 'success',
    failure: 'failure',
  } as const;
  if (!(state in states)) throw new ControlError(400, `state: a status can't be ${state}.`);
  const status = state === 'success' || state === 'failure' ? state : 'pending';
  const report = { sha, context: name, description: says ?? null, targetUrl: null, by };
  reportStatus(place, { ...report, state: status });
  return { name, sha, state: status };
}

/** What GitHub refuses, the control API refuses with the same words. */
async function understood<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    const details = (error.errors ?? []).map((one) =>
      typeof one === 'string' ? one : (one.message ?? one.code),
    );
    throw new ControlError(error.status === 401 ? 403 : error.status, [error.message, ...details].join(': '));
  }
}
