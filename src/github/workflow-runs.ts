import { z } from 'zod';
import { type CodeHost, CodeHostRefused, type Repository, type WorkflowRun } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import { answerBehind } from './answered.ts';
import type { GithubApi } from './api.ts';
import { ACTIONS } from './permissions.ts';
import { isRefName, isSha } from './repository-name.ts';
import { findRunCall, jobsCall, type RunAnswer, runCall, workflowRunOf } from './workflow-run.ts';

/** GitHub says the run's id since February 2026; where it does not, it answers without a body. */
const Dispatched = z.union([
  z.object({ workflow_run_id: z.number() }).transform(({ workflow_run_id: run }) => ({ run })),
  z.literal('').transform(() => ({})),
]);

type WorkflowRuns = Pick<CodeHost, 'dispatch' | 'findRun' | 'run' | 'cancelRun'>;

/** The clock of GitHub and that of this machine differ by no more. Milliseconds. */
const CLOCK_DIFFERENCE = 300_000;

/** Starting workflows and following their runs. */
export function createWorkflowRuns(api: GithubApi): WorkflowRuns {
  async function run(repository: Repository, id: number, options: CallOptions): Promise<WorkflowRun> {
    const [answer, pages] = await Promise.all([
      api.read(repository, runCall(repository, id), options),
      api.readPages(repository, jobsCall(repository, id), options),
    ]);
    return workflowRunOf(
      answer,
      pages.flatMap(({ jobs }) => jobs),
    );
  }

  return {
    run,
    async dispatch(repository, request, options) {
      requireRef(request);
      try {
        return await send(api, repository, { ...request, asks: { return_run_details: true } }, options);
      } catch (error) {
        // An older GitHub Enterprise Server does not know the question, and did nothing.
        if (!/return_run_details/.test(answerBehind(error)?.said ?? '')) throw inWords(error, request);
      }
      return send(api, repository, { ...request, asks: {} }, options);
    },
    async findRun(repository, { workflow, correlation, since }, options) {
      const isOurs = named(correlation);
      const call = {
        ...findRunCall(repository, { workflow, since: since - CLOCK_DIFFERENCE }),
        isEnough: (page: { workflow_runs: RunAnswer[] }) => page.workflow_runs.some(isOurs),
      };
      const pages = await api.readPages(repository, call, options);
      const found = pages.flatMap((page) => page.workflow_runs).find(isOurs);
      return found === undefined ? undefined : run(repository, found.id, options);
    },
    async cancelRun(repository, id, options) {
      const call = {
        what: `cancel the run ${id} of ${repository}`,
        needs: ACTIONS,
        route: 'POST /repos/{owner}/{repo}/actions/runs/{id}/cancel' as const,
        parameters: { id },
        answer: z.object({}),
      };
      try {
        await api.write(repository, call, options);
      } catch (error) {
        if (answerBehind(error)?.status !== 409) throw error;
        const { status } = await api.read(repository, runCall(repository, id), options);
        if (status !== 'completed') throw error;
      }
    },
  };
}

/** A dispatch cannot be of a commit: GitHub would say that there is no such ref. */
function requireRef({ ref, workflow }: { ref: string; workflow: string }): void {
  if (isRefName(ref) && !isSha(ref)) return;
  throw new CodeHostRefused(
    `${workflow} cannot be started on “${ref}”: it takes the name of a branch or tag. Correct it in forge.yml.`,
    'invalid',
  );
}

async function send(
  api: GithubApi,
  repository: Repository,
  request: { workflow: string; ref: string; commit: string; correlation: string; asks: object },
  options: CallOptions,
): Promise<{ run?: number }> {
  const { workflow, ref, commit, correlation, asks } = request;
  const call = {
    what: `start ${workflow} in ${repository}`,
    needs: ACTIONS,
    route: 'POST /repos/{owner}/{repo}/actions/workflows/{workflow}/dispatches' as const,
    parameters: { workflow, ref, inputs: { commit, correlation }, ...asks },
    answer: Dispatched,
  };
  return api.write(repository, call, options);
}

/** What to do about GitHub's refusals. */
function inWords(error: unknown, { workflow, ref }: { workflow: string; ref: string }): unknown {
  const answer = answerBehind(error);
  const said = answer?.said ?? '';
  const refused = (sentence: string) => new CodeHostRefused(sentence, 'invalid', { cause: answer });
  if (/no ref found/i.test(said)) {
    return refused(
      `${workflow} cannot be started: there is no branch or tag ${ref}. Correct it in forge.yml.`,
    );
  }
  if (/workflow_dispatch/i.test(said) && /trigger/i.test(said)) {
    return refused(`${workflow} cannot be started by Forge: add “workflow_dispatch” to what it runs on.`);
  }
  if (/unexpected inputs|required input/i.test(said)) {
    return refused(
      `${workflow} has to take the inputs “commit” and “correlation”, and no other required one: ${said}.`,
    );
  }
  return error;
}

/** Whether a run's name holds the correlation, by itself: `D-1` is not in `D-12`. */
function named(correlation: string): (run: RunAnswer) => boolean {
  const escaped = correlation.replace(/[^A-Za-z0-9_]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`);
  return ({ name, display_title: title }) => pattern.test(`${title ?? ''}\n${name ?? ''}`);
}
