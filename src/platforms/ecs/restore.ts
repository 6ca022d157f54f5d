import type { ECSClient } from '@aws-sdk/client-ecs';
import { PlatformRefused } from '../../ports/platform.ts';
import { pinnedRevision } from './pinned-revision.ts';
import type { EcsPlace } from './place.ts';
import type { SentUpdates } from './sent-updates.ts';
import { readService } from './service.ts';
import { shortRevision } from './steadiness.ts';
import { type Described, findTaskDefinition } from './task-definition.ts';
import { updateService } from './update-service.ts';

export type RestoreTools = { ecs: ECSClient; sent: SentUpdates };

/**
 * Puts a revision that exists back, whatever the service is doing, and returns the one that is there then: where it names
 * its image by tag, a copy pinned to `digest`, for a tag may have been moved since. The update is sent even when the
 * revision seems to be wanted already: the description may be older than the start that is to be taken back, and ECS does
 * nothing when it has nothing to do. Only a rollout of this very revision that failed is forced to begin again, for putting
 * back must not give up. `desired` only ever adds tasks.
 */
export async function restoreRevision(
  place: EcsPlace,
  request: { revision: string; digest: string | undefined; desired: number | undefined },
  tools: RestoreTools,
  signal: AbortSignal,
): Promise<{ revision: string }> {
  const { digest } = request;
  const [service, described] = await Promise.all([
    readService(tools.ecs, place, signal),
    findTaskDefinition(tools.ecs, request.revision, signal),
  ]);
  const usable = requireUsable(described, request.revision, place);
  const revision =
    digest === undefined
      ? usable.revision
      : await pinnedRevision(place, { described: usable, digest, service }, tools.ecs, signal);
  const { primary } = service;
  const hasFailed = primary.revision === revision && primary.state === 'failed';
  const forceNewDeployment = hasFailed && !tools.sent.hides(place, revision, service);
  const { desired = service.desired } = request;
  const more = desired > service.desired ? { desired } : {};
  await updateService(tools, place, { revision, service, forceNewDeployment, ...more }, signal);
  return { revision };
}

function requireUsable(described: Described | undefined, revision: string, place: EcsPlace): Described {
  if (described !== undefined && described.definition.status !== 'INACTIVE') return described;
  const status = described?.definition.status ?? 'it does not exist';
  throw new PlatformRefused(
    `ECS cannot put ${shortRevision(revision)} back on ${place.title}: ${status}. ` +
      'Deploy that release again: Forge then registers a new revision.',
  );
}
