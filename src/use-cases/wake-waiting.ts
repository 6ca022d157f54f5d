import type { Deployment } from '../domain/deployment.ts';
import type { StartPlace } from '../domain/freeze.ts';
import type { Change, Store } from '../ports/store.ts';
import { ringDeploying } from './deploy-bell.ts';
import { ringPreparing } from './prepare-bell.ts';

/**
 * Rings at every deployment that may be held up or let go by what changed, before it starts or before its next region, also at
 * those that do not wait yet: one that is about to would sleep through it.
 */
export async function wakeWaiting(
  isTouched: (place: StartPlace) => boolean,
  { arrival, by }: { arrival: string; by: string },
  store: Pick<Store, 'unfinished'>,
): Promise<Change[]> {
  const touched = (await store.unfinished()).filter(isTouched);
  const ring = { id: arrival, by };
  return [
    ...touched.filter(isYetToBegin).map(({ number }) => ringPreparing(number, ring)),
    ...touched.filter(isGoingForward).map((one) => ringDeploying(one, ring)),
  ];
}

function isGoingForward({ phase: { kind }, undoes }: Deployment): boolean {
  return undoes === undefined && (kind === 'running' || kind === 'held');
}

export function isYetToBegin({ phase: { kind } }: Deployment): boolean {
  return (
    kind === 'requested' ||
    kind === 'checking' ||
    kind === 'building' ||
    kind === 'awaiting-approval' ||
    kind === 'waiting'
  );
}
