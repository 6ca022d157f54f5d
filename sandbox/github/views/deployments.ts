import type { Hub } from '../hub.ts';
import type { Deployment, Repository } from '../model.ts';
import { userView } from './accounts.ts';
import { apiOf, moment } from './addresses.ts';

type Place = { hub: Hub; repository: Repository };

export function deploymentView(deployment: Deployment, { hub, repository }: Place) {
  const { id, sha, ref, task, payload, environment, description, by, at, statuses } = deployment;
  const api = apiOf(hub, repository);
  return {
    url: `${api}/deployments/${id}`,
    id,
    node_id: `DE_${id}`,
    sha,
    ref,
    task,
    payload,
    original_environment: environment,
    environment,
    description,
    creator: userView(hub, by),
    created_at: moment(at),
    updated_at: moment(statuses.at(-1)?.at ?? at),
    statuses_url: `${api}/deployments/${id}/statuses`,
    repository_url: api,
    transient_environment: deployment.isTransient,
    production_environment: deployment.isProduction,
  };
}

export function deploymentStatusView(
  status: Deployment['statuses'][number],
  deployment: Deployment,
  { hub, repository }: Place,
) {
  const api = `${apiOf(hub, repository)}/deployments/${deployment.id}`;
  return {
    url: `${api}/statuses/${status.id}`,
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    creator: userView(hub, status.by),
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    created_at: moment(status.at),
    updated_at: moment(status.at),
    deployment_url: api,
    repository_url: apiOf(hub, repository),
  };
}
