import { type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { callAws } from '../../aws/call.ts';
import type { EcsPlace } from './place.ts';
import type { EcsService, Rollout } from './service.ts';
import { shortRevision } from './steadiness.ts';

/**
 * Tells ECS which revision the service is to run. Idempotent: ECS starts nothing when it is told what it was told before,
 * unless `forceNewDeployment`. The number of tasks stays as it is. Returns the deployment that carries it out.
 */
export async function updateService(
  ecs: ECSClient,
  place: EcsPlace,
  update: { revision: string; service: EcsService; forceNewDeployment: boolean },
  signal: AbortSignal,
): Promise<Pick<Rollout, 'id' | 'createdAt'>> {
  const { settings } = update.service;
  const command = new UpdateServiceCommand({
    cluster: place.run.cluster,
    service: place.run.service,
    taskDefinition: update.revision,
    deploymentConfiguration: {
      ...settings,
      // A clean failure: Forge decides what is put back, ECS would choose its own last completed deployment.
      deploymentCircuitBreaker: { ...settings.deploymentCircuitBreaker, enable: true, rollback: false },
    },
    ...(update.forceNewDeployment ? { forceNewDeployment: true } : {}),
  });
  const answer = await callAws(`put ${shortRevision(update.revision)} on ${place.title}`, signal, (options) =>
    ecs.send(command, options),
  );
  const primary = answer.service?.deployments?.find((deployment) => deployment.status === 'PRIMARY');
  return { id: primary?.id ?? '', createdAt: primary?.createdAt };
}
