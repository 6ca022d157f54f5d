import { githubActs } from './control-github-acts.ts';
import {
  AllowMerges,
  ChangePull,
  ChangeWebhooks,
  Commit,
  DeleteRef,
  MergePull,
  OpenPull,
  Protect,
  PushBranch,
  PushTag,
  ReadGithub,
  ReportCheck,
  WriteReview,
} from './control-github-requests.ts';
import { githubState, hookState } from './control-github-state.ts';
import { get, post, type Route } from './control-route.ts';
import type { GithubServer } from './github/github.ts';
import { SettingsChange } from './github/settings.ts';
import { given } from './given.ts';
import { ControlError } from './parts.ts';

/** What people and others than Forge do at GitHub, and what it looks like there. */
export function githubRoutes(github: GithubServer | undefined): Route[] {
  if (github === undefined) return [missing(get), missing(post)];
  const acts = githubActs(github);
  return [
    get('/sandbox/github', async (read) => {
      read(ReadGithub);
      return githubState(github);
    }),
    post('/sandbox/github', async (read) => {
      github.change(given(read(SettingsChange)));
      return githubState(github);
    }),
    post('/sandbox/github/commit', (read) => acts.commit(read(Commit))),
    post('/sandbox/github/push-tag', (read) => acts.pushTag(read(PushTag))),
    post('/sandbox/github/force-push', (read) => acts.pushBranch(read(PushBranch))),
    post('/sandbox/github/delete-ref', (read) => acts.deleteRef(read(DeleteRef))),
    post('/sandbox/github/pull', (read) => acts.openPull(read(OpenPull))),
    post('/sandbox/github/change-pull', (read) => acts.changePull(read(ChangePull))),
    post('/sandbox/github/review', (read) => acts.review(read(WriteReview))),
    post('/sandbox/github/merge', (read) => acts.merge(read(MergePull))),
    post('/sandbox/github/check', (read) => acts.check(read(ReportCheck))),
    post('/sandbox/github/protect', (read) => acts.protect(read(Protect))),
    post('/sandbox/github/merge-methods', (read) => acts.allowMerges(read(AllowMerges))),
    post('/sandbox/github/webhooks', async (read) => {
      const { redeliver, ...change } = read(ChangeWebhooks);
      github.webhooks.change(given(change));
      if (redeliver !== undefined) acts.redeliver(redeliver);
      return hookState(github);
    }),
  ];
}

function missing(of: typeof get): Route {
  return of('/sandbox/github{/*}?', async () => {
    throw new ControlError(404, 'There is no GitHub here: git is not installed, or too old.');
  });
}
