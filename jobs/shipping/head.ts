import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { type CodeHost, CodeHostRefused, type PullRequest } from '../../src/ports/code-host.ts';
import type { Turn } from './turn.ts';

/** What became of the branch or the pull request outside Forge; undefined: nothing that matters. */
export async function whatBefell(turn: Turn): Promise<ShipmentEvent | undefined> {
  const { shipment, host, signal } = turn;
  if (shipment.pull !== undefined) {
    const pull = await host.pullRequest(shipment.repository, shipment.pull.number, { signal });
    return befellPull(pull, turn);
  }
  const now = await host.ref(shipment.repository, shipment.branch, { signal });
  // Another kind of ref of the same name is no branch any more.
  if (now.kind !== 'branch') return { type: 'branch-gone' };
  return now.sha === shipment.head ? undefined : moved(turn, now.sha);
}

/** The same of a pull request that was just read. */
export async function befellPull(pull: PullRequest, turn: Turn): Promise<ShipmentEvent | undefined> {
  const { shipment, host, signal } = turn;
  if (pull.state === 'merged') {
    // The commit follows a moment after the merge.
    const { mergeCommit: commit, mergedBy } = pull;
    return commit === undefined
      ? undefined
      : { type: 'merged', commit, byHand: mergedBy?.login ?? mergedBy?.name ?? 'somebody' };
  }
  if (pull.state === 'closed') {
    const { kind } = await host.ref(shipment.repository, shipment.branch, { signal });
    return { type: kind === 'branch' ? 'closed' : 'branch-gone' };
  }
  return pull.head.sha === shipment.head ? undefined : moved(turn, pull.head.sha);
}

async function moved({ shipment, host, signal }: Turn, head: string): Promise<ShipmentEvent> {
  const isForced = !(await isPartOf(host, { ...shipment, from: shipment.head, head }, signal));
  return { type: 'head-moved', head, isForced };
}

/** Whether what was there before is still part of it: else somebody has pushed by force. */
async function isPartOf(
  host: CodeHost,
  { repository, from, head }: { repository: string; from: string; head: string },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { status } = await host.compare(repository, { base: from, head }, { signal });
    return status === 'ahead' || status === 'identical';
  } catch (error) {
    // Nobody keeps a commit that no branch has.
    if (error instanceof CodeHostRefused && error.why === 'not-found') return false;
    throw error;
  }
}
