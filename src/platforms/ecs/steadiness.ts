import { ofTasks } from '../../domain/tasks.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';
import { type EcsService, isSteady } from './service.ts';
import { inWords } from './words.ts';

/** Refuses a service that somebody is changing, or that a failed change left behind: what is live there is not one thing. */
export function refuseUnsteady(service: EcsService, place: EcsPlace): void {
  if (isSteady(service)) return;
  const { primary } = service;
  if (primary.state === 'failed') {
    throw new PlatformRefused(
      `The last change of ${place.title} failed: ${shortRevision(primary.revision)}, ${inWords(primary.stateReason ?? 'no reason given')}. ` +
        'Put a revision that works back on the ECS service, then try again.',
    );
  }
  if (primary.state === 'unknown' && service.others.length === 0) {
    const { running, pending } = primary;
    throw new PlatformRefused(
      `${place.title} is not steady: ${ofTasks(running, service.desired)} ${running === 1 ? 'runs' : 'run'}${pending === 0 ? '' : ` and ${pending} are starting`}. ` +
        'Wait until all of them run, then try again.',
    );
  }
  throw new PlatformRefused(
    `${place.title} is being changed by somebody else: ${shortRevision(primary.revision)} (ECS deployment ${primary.id}${startOf(primary.createdAt)}) is not finished. ` +
      'Wait until it is, then try again.',
  );
}

/** `api:12` of a task definition's ARN. */
export function shortRevision(revision: string): string {
  return revision.split('/').at(-1) ?? revision;
}

function startOf(createdAt: Date | undefined): string {
  return createdAt === undefined
    ? ''
    : `, started ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
