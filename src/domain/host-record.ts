import type { Deployment } from './deployment.ts';

/** How the code host shows a deployment. `description`: at most 140 characters, which is all that GitHub takes. */
export type HostRecord = {
  state: 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';
  description: string;
};

/** What the code host is told of a deployment: the words of people stay in Slack, since others may read a repository. */
export function hostRecordOf(deployment: Deployment): HostRecord {
  const { state, says } = stateOf(deployment);
  return { state, description: `#${deployment.number} ${says}`.slice(0, 140) };
}

function stateOf(deployment: Deployment): { state: HostRecord['state']; says: string } {
  const { phase, startedAt } = deployment;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
      return { state: 'queued', says: 'is being checked.' };
    case 'building':
      return { state: 'queued', says: 'waits for its image, which is being built.' };
    case 'awaiting-approval':
      return { state: 'queued', says: 'waits for approval.' };
    case 'waiting':
      return { state: 'queued', says: 'waits until it may start.' };
    case 'running':
      return { state: 'in_progress', says: 'is under way.' };
    case 'held':
      return { state: 'in_progress', says: 'waits for an answer in Slack.' };
    case 'rolling-back':
      return { state: 'in_progress', says: 'puts the previous release back.' };
    case 'succeeded':
      return liveOrNot(deployment);
    case 'rolled-back':
      return { state: 'failure', says: 'failed; the previous release is back.' };
    case 'aborted':
      return startedAt === undefined
        ? { state: 'inactive', says: 'was stopped before anything was changed.' }
        : { state: 'failure', says: 'was stopped; the previous release is back.' };
    case 'left':
      return { state: 'error', says: 'ended unconfirmed; a person looks after the service.' };
    case 'rejected':
      return { state: 'inactive', says: 'was rejected; nothing was changed.' };
    case 'expired':
      return { state: 'inactive', says: 'expired; nothing was changed.' };
    case 'superseded':
      return { state: 'inactive', says: `${supersededBy(phase.by)}; nothing was changed.` };
    case 'refused':
      return { state: 'error', says: 'could not start; nothing was changed.' };
  }
}

function supersededBy(by: number | undefined): string {
  return by === undefined ? 'was not started: automatic deployments are held' : `was superseded by #${by}`;
}

/** A success is active only while its release is what is live. */
function liveOrNot({ undoneBy, replacedBy }: Deployment): { state: HostRecord['state']; says: string } {
  if (undoneBy !== undefined) return { state: 'inactive', says: `was rolled back by #${undoneBy}.` };
  if (replacedBy !== undefined) return { state: 'inactive', says: `was replaced by #${replacedBy}.` };
  return { state: 'success', says: 'is live.' };
}
