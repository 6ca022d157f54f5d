import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Target } from '../../domain/release.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';
import type { SentUpdates } from './sent-updates.ts';
import { readService } from './service.ts';
import { shortRevision } from './steadiness.ts';
import { type Described, findTaskDefinition } from './task-definition.ts';
import { updateService } from './update-service.ts';

/**
 * Puts a revision that exists back, whatever the service is doing. The update is sent even when the revision seems to be
 * wanted already: the description may be older than the start that is to be taken back, and ECS does nothing when it has
 * nothing to do. Only a rollout of this very revision that failed is forced to begin again, for putting back must not give up.
 */
export async function restoreRevision(
  place: EcsPlace,
  { target, revision }: { target: Target; revision: string },
  { ecs, sent }: { ecs: ECSClient; sent: SentUpdates },
  signal: AbortSignal,
): Promise<void> {
  const [service, described] = await Promise.all([
    readService(ecs, place, signal),
    findTaskDefinition(ecs, revision, signal),
  ]);
  refuseUnusable(described, revision, place);
  const { primary } = service;
  const hasFailed = primary.revision === revision && primary.state === 'failed';
  const forceNewDeployment = hasFailed && !sent.hides(target, revision, service);
  const update = { revision, service, forceNewDeployment };
  sent.note(target, { revision, rollout: await updateService(ecs, place, update, signal) });
}

function refuseUnusable(described: Described | undefined, revision: string, place: EcsPlace): void {
  const status = described === undefined ? 'it does not exist' : described.definition.status;
  if (status === undefined || status === 'ACTIVE') return;
  throw new PlatformRefused(
    `ECS cannot put ${shortRevision(revision)} back on ${place.title}: ${status}. ` +
      'Deploy that release again: Forge then registers a new revision.',
  );
}
