import { expect, it } from 'vitest';
import type { CodeHost, Repository } from '../../src/ports/code-host.ts';
import { codeHostBuilds } from './code-host/builds.ts';
import { codeHostChecks } from './code-host/checks.ts';
import { codeHostDeployments } from './code-host/deployments.ts';
import { codeHostHistory } from './code-host/history.ts';
import { codeHostMerges } from './code-host/merges.ts';
import { codeHostPullRequests } from './code-host/pull-requests.ts';
import { codeHostReverts } from './code-host/reverts.ts';
import { codeHostReviews } from './code-host/reviews.ts';

/**
 * A code host with one repository, made anew for each test. Its branch `main` has the file README.md; its workflow can be dispatched
 * with the inputs `commit` and `correlation`, and the name of its runs holds the latter.
 */
export type CodeHostWorld = {
  host: CodeHost;
  repository: Repository;
  workflow: string;
  /** `writer` may merge, `reader` may only look. Neither is who `host` signs in as. */
  people: { writer: string; reader: string };
  /** Commits onto a branch; a new one begins at `main`. Gives the commit. */
  push(branch: string, commit: { files: Record<string, string>; message?: string }): Promise<string>;
  tag(name: string, at: string): Promise<void>;
  /** Many at once, where the server can do that sooner than one after the other. */
  tagAll?(names: readonly string[], at: string): Promise<void>;
  deleteBranch(branch: string): Promise<void>;
  setCheck(
    sha: string,
    check: { name: string; state: 'passed' | 'failed' | 'waiting' | 'skipped' },
  ): Promise<void>;
  review(number: number, by: string, verdict: 'approve' | 'request-changes' | 'comment'): Promise<void>;
  setDraft(number: number, isDraft: boolean): Promise<void>;
  closePullRequest(number: number): Promise<void>;
  /** Ends a run whose job prints these lines. */
  endRun(id: number, end: { isGood: boolean; log: readonly string[] }): Promise<void>;
};

/** What a server may be without. */
export type CodeHostPart =
  | 'history'
  | 'checks'
  | 'pull-requests'
  | 'drafts'
  | 'pull-requests-of-commits'
  | 'reviews'
  | 'merges'
  | 'reverts'
  | 'builds'
  | 'deployments';

export type Setup = {
  open: () => Promise<CodeHostWorld>;
  has: (part: CodeHostPart) => boolean;
  /** As vitest's; what the server is known not to do must fail. */
  it: (name: string, test: () => Promise<void>) => void;
};

/** What every code host must do. `lacks`: what this one is without. `not`: tests of what it is known not to do. */
export function codeHostContract(
  open: () => Promise<CodeHostWorld>,
  { lacks = [], not = [] }: { lacks?: readonly CodeHostPart[]; not?: readonly string[] } = {},
): void {
  const missing = new Set(not);
  const setup: Setup = {
    open,
    has: (part) => !lacks.includes(part),
    it(name, test) {
      if (missing.delete(name)) it.fails(name, test);
      else it(name, test);
    },
  };
  if (setup.has('history')) codeHostHistory(setup);
  if (setup.has('checks')) codeHostChecks(setup);
  if (setup.has('pull-requests')) codeHostPullRequests(setup);
  if (setup.has('reviews')) codeHostReviews(setup);
  if (setup.has('merges')) codeHostMerges(setup);
  if (setup.has('reverts')) codeHostReverts(setup);
  if (setup.has('builds')) codeHostBuilds(setup);
  if (setup.has('deployments')) codeHostDeployments(setup);
  it('has every test that the server is known to fail', () => expect([...missing]).toEqual([]));
}

export const options = { signal: new AbortController().signal };
