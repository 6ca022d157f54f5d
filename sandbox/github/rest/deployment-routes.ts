import { z } from 'zod';
import { resolveCommit } from '../git/refs.ts';
import { GithubError, notFound } from '../github-error.ts';
import type { Deployment } from '../model.ts';
import { deploymentStatusView, deploymentView } from '../views/deployments.ts';
import { loginOf } from './caller.ts';
import { paged } from './paged.ts';
import { created, inRepository, NO_CONTENT, numberIn, ok, type RepositoryCall, type Route } from './route.ts';

const text = z.string().nullish();
const NewDeployment = z.object({
  ref: z.string(),
  task: z.string().default('deploy'),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).nullish(),
  payload: z.union([z.record(z.string(), z.unknown()), z.string()]).default({}),
  environment: z.string().default('production'),
  description: text,
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});
const NewStatus = z.object({
  state: z.enum(['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']),
  description: z.string().max(140, 'description is too long (maximum is 140 characters)').default(''),
  environment_url: z.string().default(''),
  log_url: z.string().default(''),
  auto_inactive: z.boolean().default(true),
});

/** Deployments as GitHub records them: it deploys nothing. */
export const deploymentRoutes: Route[] = [
  inRepository('GET /deployments', 'repos.listDeployments', ['deployments', 'read'], (call) => {
    const wanted = call.repository.deployments.filter((one) => isWanted(one, call.query)).toReversed();
    const { items, headers } = paged(call, wanted);
    return ok(
      items.map((deployment) => deploymentView(deployment, call)),
      headers,
    );
  }),
  inRepository('POST /deployments', 'repos.createDeployment', ['deployments', 'write'], async (call) => {
    const deployment = await newDeployment(call);
    call.repository.deployments.push(deployment);
    tell(call, 'deployment', { action: 'created', deployment: deploymentView(deployment, call) });
    return created(deploymentView(deployment, call));
  }),
  inRepository('GET /deployments/:id', 'repos.getDeployment', ['deployments', 'read'], (call) =>
    ok(deploymentView(known(call), call)),
  ),
  inRepository('DELETE /deployments/:id', 'repos.deleteDeployment', ['deployments', 'write'], (call) => {
    const deployment = known(call);
    const isActive = deployment.statuses.at(-1)?.state !== 'inactive';
    if (isActive && call.repository.deployments.length > 1) {
      throw new GithubError(
        422,
        'We cannot delete an active deployment unless it is the only deployment in a given repository.',
      );
    }
    call.repository.deployments = call.repository.deployments.filter((one) => one !== deployment);
    return NO_CONTENT;
  }),
  inRepository(
    'GET /deployments/:id/statuses',
    'repos.listDeploymentStatuses',
    ['deployments', 'read'],
    (call) => {
      const deployment = known(call);
      const { items, headers } = paged(call, deployment.statuses.toReversed());
      return ok(
        items.map((status) => deploymentStatusView(status, deployment, call)),
        headers,
      );
    },
  ),
  inRepository(
    'POST /deployments/:id/statuses',
    'repos.createDeploymentStatus',
    ['deployments', 'write'],
    (call) => {
      const deployment = known(call);
      const { auto_inactive, ...wanted } = call.read(NewStatus);
      const status = addStatus(deployment, wanted, call);
      if (wanted.state === 'success' && auto_inactive) retireOthers(deployment, call);
      return created(deploymentStatusView(status, deployment, call));
    },
  ),
];

async function newDeployment(call: RepositoryCall): Promise<Deployment> {
  const { hub, repository } = call;
  const wanted = call.read(NewDeployment);
  const sha = await resolveCommit(repository.git, wanted.ref);
  if (sha === undefined) throw new GithubError(422, `No ref found for: ${wanted.ref}`);
  requireContexts(call, { sha, ref: wanted.ref, contexts: wanted.required_contexts });
  return {
    id: hub.newId(),
    sha,
    ref: wanted.ref,
    task: wanted.task,
    payload: wanted.payload,
    environment: wanted.environment,
    description: wanted.description ?? null,
    isTransient: wanted.transient_environment,
    isProduction: wanted.production_environment ?? wanted.environment === 'production',
    by: loginOf(call.caller),
    at: hub.now(),
    statuses: [],
  };
}

/** Unless the caller names none, every status of the commit must be good. */
function requireContexts(
  { repository }: RepositoryCall,
  { sha, ref, contexts }: { sha: string; ref: string; contexts: readonly string[] | null | undefined },
): void {
  const newest = new Map<string, boolean>();
  for (const check of repository.checkRuns) {
    if (check.sha === sha) newest.set(check.name, check.conclusion === 'success');
  }
  for (const status of repository.statuses) {
    if (status.sha === sha) newest.set(status.context, status.state === 'success');
  }
  const wanted = contexts ?? [...newest.keys()];
  if (wanted.every((context) => newest.get(context) === true)) return;
  throw new GithubError(409, `Conflict: Commit status checks failed for ${ref}.`, {
    errors: wanted.map((context) => ({
      resource: 'Deployment',
      field: 'required_contexts',
      code: 'invalid',
      message: context,
    })),
  });
}

function addStatus(
  deployment: Deployment,
  wanted: Omit<z.output<typeof NewStatus>, 'auto_inactive'>,
  call: RepositoryCall,
) {
  const { hub } = call;
  const status = {
    id: hub.newId(),
    state: wanted.state,
    description: wanted.description,
    environmentUrl: wanted.environment_url,
    logUrl: wanted.log_url,
    by: loginOf(call.caller),
    at: hub.now(),
  };
  deployment.statuses.push(status);
  tell(call, 'deployment_status', {
    action: 'created',
    deployment_status: deploymentStatusView(status, deployment, call),
    deployment: deploymentView(deployment, call),
  });
  return status;
}

/** What was live in the same environment is no longer: not for production or what passes, as GitHub documents it. */
function retireOthers(deployment: Deployment, call: RepositoryCall): void {
  for (const other of call.repository.deployments) {
    const isRetired =
      other !== deployment &&
      other.environment === deployment.environment &&
      !other.isTransient &&
      !other.isProduction &&
      other.statuses.at(-1)?.state === 'success';
    if (!isRetired) continue;
    addStatus(other, { state: 'inactive', description: '', environment_url: '', log_url: '' }, call);
  }
}

function isWanted(deployment: Deployment, query: URLSearchParams): boolean {
  const { sha, ref, task, environment } = deployment;
  return Object.entries({ sha, ref, task, environment }).every(([name, value]) => {
    const wanted = query.get(name);
    return wanted === null || wanted === value;
  });
}

function known(call: RepositoryCall): Deployment {
  const id = numberIn(call, 'id');
  const deployment = call.repository.deployments.find((one) => one.id === id);
  if (deployment === undefined) throw notFound();
  return deployment;
}

function tell(call: RepositoryCall, event: string, payload: Record<string, unknown>): void {
  call.hub.tell({ event, repository: call.repository, sender: loginOf(call.caller), payload });
}
