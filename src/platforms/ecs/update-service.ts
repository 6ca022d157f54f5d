import { type Deployment, type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { attemptBy, changeAws } from '../../aws/call.ts';
import type { EcsPlace } from './place.ts';
import type { SentUpdates } from './sent-updates.ts';
import type { EcsService } from './service.ts';
import { shortRevision } from './steadiness.ts';
import { taskCount } from './words.ts';

type ServiceUpdate = {
  revision: string;
  service: EcsService;
  forceNewDeployment: boolean;
  /** Tasks it is to have. Absent: as many as now. */
  desired?: number;
};

/**
 * Tells ECS which revision the service is to run, and notes it in `sent`. Idempotent: ECS starts nothing when it is told
 * what it was told before, unless `forceNewDeployment`.
 */
export async function updateService(
  { ecs, sent }: { ecs: ECSClient; sent: SentUpdates },
  place: EcsPlace,
  update: ServiceUpdate,
  signal: AbortSignal,
): Promise<void> {
  const { revision, desired } = update;
  const what = `put ${shortRevision(revision)} on ${place.title}`;
  const onUnclear = () => sent.noteUnclear(place, revision);
  const primary = await send(ecs, commandFor(place, update), { what, onUnclear }, signal);
  sent.note(place, { revision, rollout: rolloutOf(primary), ...(desired === undefined ? {} : { desired }) });
  signal.throwIfAborted();
}

/** Tells ECS how many tasks the service is to have. Idempotent: it is no new deployment. */
export async function scaleService(
  { ecs, sent }: { ecs: ECSClient; sent: SentUpdates },
  place: EcsPlace,
  desired: number,
  signal: AbortSignal,
): Promise<void> {
  const { cluster, ecsService: service } = place;
  const command = new UpdateServiceCommand({ cluster, service, desiredCount: desired });
  const what = `scale ${place.title} to ${taskCount(desired)}`;
  // One that arrives late would take the tasks of whatever was started meanwhile: that waits until this is over.
  const onUnclear = () => sent.noteUnclear(place, `× ${desired}`);
  const primary = await send(ecs, command, { what, onUnclear }, signal);
  sent.note(place, { revision: primary?.taskDefinition ?? '', rollout: rolloutOf(primary), desired });
  signal.throwIfAborted();
}

/** Returns the deployment that carries the update out. */
async function send(
  ecs: ECSClient,
  command: UpdateServiceCommand,
  { what, onUnclear }: { what: string; onUnclear: () => void },
  signal: AbortSignal,
): Promise<Deployment | undefined> {
  const answer = await changeAws(what, { signal, onUnclear }, (attempt) => {
    attemptBy(attempt, command);
    return ecs.send(command);
  });
  return answer.service?.deployments?.find((deployment) => deployment.status === 'PRIMARY');
}

function rolloutOf(primary: Deployment | undefined): { id: string; createdAt: Date | undefined } {
  return { id: primary?.id ?? '', createdAt: primary?.createdAt };
}

function commandFor(place: EcsPlace, update: ServiceUpdate): UpdateServiceCommand {
  const { settings } = update.service;
  return new UpdateServiceCommand({
    cluster: place.cluster,
    service: place.ecsService,
    taskDefinition: update.revision,
    deploymentConfiguration: {
      ...settings,
      // A clean failure: Forge decides what is put back, ECS would choose its own last completed deployment.
      deploymentCircuitBreaker: { ...settings.deploymentCircuitBreaker, enable: true, rollback: false },
    },
    ...(update.desired === undefined ? {} : { desiredCount: update.desired }),
    ...(update.forceNewDeployment ? { forceNewDeployment: true } : {}),
  });
}
