import { type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { changeAws } from '../../aws/call.ts';
import type { Target } from '../../domain/release.ts';
import type { EcsPlace } from './place.ts';
import type { SentUpdates } from './sent-updates.ts';
import type { EcsService } from './service.ts';
import { shortRevision } from './steadiness.ts';

type ServiceUpdate = { target: Target; revision: string; service: EcsService; forceNewDeployment: boolean };

/**
 * Tells ECS which revision the service is to run, and notes it in `sent`. Idempotent: ECS starts nothing when it is told
 * what it was told before, unless `forceNewDeployment`. The number of tasks stays as it is.
 */
export async function updateService(
  { ecs, sent }: { ecs: ECSClient; sent: SentUpdates },
  place: EcsPlace,
  update: ServiceUpdate,
  signal: AbortSignal,
): Promise<void> {
  const { target, revision } = update;
  const command = commandFor(place, update);
  const what = `put ${shortRevision(revision)} on ${place.title}`;
  const onUnclear = () => sent.noteUnclear(target, revision);
  const answer = await changeAws(what, { signal, onUnclear }, (attempt) => {
    command.middlewareStack.add((next) => (request) => attempt(() => next(request)), {
      step: 'deserialize',
      priority: 'high',
    });
    return ecs.send(command);
  });
  const primary = answer.service?.deployments?.find((deployment) => deployment.status === 'PRIMARY');
  sent.note(target, { revision, rollout: { id: primary?.id ?? '', createdAt: primary?.createdAt } });
  signal.throwIfAborted();
}

function commandFor(place: EcsPlace, update: ServiceUpdate): UpdateServiceCommand {
  const { settings } = update.service;
  return new UpdateServiceCommand({
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
}
