import { z } from 'zod';
import type { CodeHost, Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { GithubApi } from './api.ts';
import { DEPLOYMENTS } from './permissions.ts';
import { plainLine } from './said.ts';

/** GitHub takes no longer ones. */
const MOST_CHARACTERS = 140;

const READ_DEPLOYMENTS = { ...DEPLOYMENTS, access: 'read' } as const;

const Payload = z.object({ forge: z.string() });

const DeploymentAnswer = z.object({ id: z.number(), payload: z.unknown() });
const StatusAnswer = z.object({
  id: z.number(),
  state: z.string(),
  description: z.string().nullish(),
  environment_url: z.string().nullish(),
  log_url: z.string().nullish(),
});

/** Deployments as GitHub shows them beside its commits. */
export function createDeployments(api: GithubApi): Pick<CodeHost, 'recordDeployment' | 'recordStatus'> {
  return {
    async recordDeployment(repository, request, options) {
      const there = await recorded(api, repository, request, options);
      if (there !== undefined) return { id: there };
      const call = {
        what: `record the deployment ${request.forge} in ${repository}`,
        needs: DEPLOYMENTS,
        route: 'POST /repos/{owner}/{repo}/deployments' as const,
        parameters: {
          ref: request.sha,
          environment: request.environment,
          description: plainLine(request.description, MOST_CHARACTERS),
          payload: { forge: request.forge },
          production_environment: request.isProduction,
          transient_environment: false,
          // GitHub would merge the base into the ref, and refuse while checks are red: Forge has decided already.
          auto_merge: false,
          required_contexts: [],
        },
        answer: z.object({ id: z.number() }),
      };
      return api.write(repository, call, options);
    },
    async recordStatus(repository, { deployment, ...status }, options) {
      const wanted = {
        state: status.state,
        description: plainLine(status.description, MOST_CHARACTERS),
        environment_url: status.environmentUrl ?? '',
        log_url: status.logUrl ?? '',
      };
      const newest = await newestStatus(api, repository, deployment, options);
      if (newest !== undefined && isSame(newest, wanted)) return;
      const call = {
        what: `record how the deployment ${deployment} of ${repository} goes`,
        needs: DEPLOYMENTS,
        route: 'POST /repos/{owner}/{repo}/deployments/{deployment}/statuses' as const,
        // Several services may share an environment: GitHub would call the others inactive.
        parameters: { deployment, ...withoutEmpty(wanted), auto_inactive: false },
        answer: z.object({ id: z.number(), state: z.literal(status.state) }),
      };
      await api.write(repository, call, options);
    },
  };
}

/** The one that was made before, known by what Forge calls it. */
async function recorded(
  api: GithubApi,
  repository: Repository,
  { forge, sha, environment }: { forge: string; sha: string; environment: string },
  options: CallOptions,
): Promise<number | undefined> {
  const isOurs = ({ payload }: { payload?: unknown }) => forgeIn(payload) === forge;
  const call = {
    what: `look for the deployment ${forge} in ${repository}`,
    needs: READ_DEPLOYMENTS,
    route: 'GET /repos/{owner}/{repo}/deployments' as const,
    parameters: { sha, environment },
    answer: z.array(DeploymentAnswer),
    isEnough: (page: z.infer<typeof DeploymentAnswer>[]) => page.some(isOurs),
  };
  const pages = await api.readPages(repository, call, options);
  return pages.flat().find(isOurs)?.id;
}

/** GitHub gives a payload back as it was sent, or as its JSON. */
function forgeIn(payload: unknown): string | undefined {
  const parsed = Payload.safeParse(typeof payload === 'string' ? jsonOf(payload) : payload);
  return parsed.success ? parsed.data.forge : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The payload of somebody else.
    return undefined;
  }
}

async function newestStatus(
  api: GithubApi,
  repository: Repository,
  deployment: number,
  options: CallOptions,
): Promise<z.infer<typeof StatusAnswer> | undefined> {
  const call = {
    what: `read how the deployment ${deployment} of ${repository} went`,
    needs: READ_DEPLOYMENTS,
    route: 'GET /repos/{owner}/{repo}/deployments/{deployment}/statuses' as const,
    parameters: { deployment },
    answer: z.array(StatusAnswer),
  };
  const pages = await api.readPages(repository, call, options);
  return pages.flat().toSorted((left, right) => right.id - left.id)[0];
}

type Wanted = { state: string; description: string; environment_url: string; log_url: string };

function isSame(newest: z.infer<typeof StatusAnswer>, wanted: Wanted): boolean {
  return (
    newest.state === wanted.state &&
    (newest.description ?? '') === wanted.description &&
    (newest.environment_url ?? '') === wanted.environment_url &&
    (newest.log_url ?? '') === wanted.log_url
  );
}

function withoutEmpty(wanted: Wanted): Partial<Wanted> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
}
