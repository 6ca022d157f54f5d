import { AwsError } from '../aws-error.ts';
import { clusterArn, type Scope } from '../names.ts';
import type { World } from '../world.ts';
import type { Cluster, Service, TaskDefinition } from './model.ts';

/** By name or ARN; the cluster `default` when none is named. Throws ClusterNotFoundException. */
export function findCluster(world: World, scope: Scope, named: string | undefined): Cluster {
  const wanted = named ?? 'default';
  const arn = wanted.startsWith('arn:') ? wanted : clusterArn(scope, wanted);
  const cluster = world.clusters.find((candidate) => candidate.arn === arn);
  if (cluster === undefined) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
}

/** By name or ARN, in one cluster. */
export function findService(world: World, cluster: Cluster, named: string): Service | undefined {
  return world.services.find(
    (service) => service.cluster === cluster && (service.arn === named || service.name === named),
  );
}

/** By ARN, `family:revision` or `family` (its newest revision). */
export function findTaskDefinition(world: World, scope: Scope, named: string): TaskDefinition | undefined {
  const mine = world.taskDefinitions.filter(
    ({ account, region }) => account === scope.account && region === scope.region,
  );
  return mine.findLast(({ arn, family, revision }) => {
    return arn === named || family === named || `${family}:${revision}` === named;
  });
}
