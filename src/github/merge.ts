import { z } from 'zod';
import {
  type CodeHost,
  CodeHostRefused,
  CodeHostUnavailable,
  type MergeOutcome,
} from '../ports/code-host.ts';
import { answerBehind } from './answered.ts';
import type { GithubApi } from './api.ts';
import { CONTENTS_WRITE } from './permissions.ts';
import { type PullAnswer, pullCall, pullRequestOf } from './pull-request.ts';

/** How often a merge is tried again that somebody else’s merge came before. */
const MOST_TRIES = 3;

/** Merging a pull request at exactly one commit. */
export function createMerge(api: GithubApi): Pick<CodeHost, 'merge'> {
  return {
    async merge(repository, request, options) {
      const { number, head, method } = request;
      const call = {
        what: `merge pull request #${number} of ${repository}`,
        needs: CONTENTS_WRITE,
        route: 'PUT /repos/{owner}/{repo}/pulls/{number}/merge' as const,
        parameters: { number, sha: head, merge_method: method },
        answer: z.object({ merged: z.literal(true), sha: z.string().regex(/^[0-9a-f]{40}$/) }),
      };
      for (let attempt = 1; ; attempt++) {
        try {
          return { kind: 'merged', sha: (await api.write(repository, call, options)).sha };
        } catch (error) {
          const answer = answerBehind(error);
          if (!isAboutThePull(error) || answer === undefined) throw error;
          // Of another merge into the base at the same moment; nothing was merged.
          if (/base branch was modified/i.test(answer.said) && attempt < MOST_TRIES) continue;
          const pull = await api.read(repository, pullCall(repository, number), options);
          return outcomeOf(pull, { ...request, said: answer.said });
        }
      }
    },
  };
}

/** 405: it can't be merged as it is. 409: its head is another. 422: GitHub has more to say. */
function isAboutThePull(error: unknown): boolean {
  const status = answerBehind(error)?.status;
  return error instanceof CodeHostRefused && (status === 405 || status === 409 || status === 422);
}

/** Why GitHub did not merge, from how the pull request is now. */
function outcomeOf(answer: PullAnswer, { head, said }: { head: string; said: string }): MergeOutcome {
  const pull = pullRequestOf(answer);
  if (pull.head.sha !== head) return { kind: 'moved', head: pull.head.sha };
  if (pull.state === 'merged') {
    if (pull.mergeCommit !== undefined) return { kind: 'merged', sha: pull.mergeCommit };
    throw new CodeHostUnavailable(
      `GitHub says that pull request #${pull.number} is merged, but not yet into which commit.`,
    );
  }
  return { kind: 'refused', reason: reasonOf(pull, said) };
}

function reasonOf(pull: ReturnType<typeof pullRequestOf>, said: string): string {
  const name = `Pull request #${pull.number}`;
  if (pull.state === 'closed') return `${name} was closed without being merged. Open it again, or ship anew.`;
  if (pull.isDraft) return `${name} is a draft. Mark it as ready for review first.`;
  if (pull.mergeable === 'conflict') {
    return `${name} conflicts with ${pull.base.ref}. Someone has to resolve the conflicts in the branch.`;
  }
  if (pull.mergeable === 'behind') return `${name} is behind ${pull.base.ref}. Update its branch first.`;
  const words = said === '' ? 'its rules are not met' : said;
  return `GitHub does not let pull request #${pull.number} be merged: ${words}.`;
}
