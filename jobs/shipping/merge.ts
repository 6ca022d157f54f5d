import { shortCommit } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import {
  CodeHostRefused,
  type MergeMethod,
  type MergeOutcome,
  type PullRequest,
} from '../../src/ports/code-host.ts';
import { befellPull } from './head.ts';
import { lookAtPull } from './standing.ts';
import { later, type Next, next, pauseOf, type Turn } from './turn.ts';

/** So long GitHub may take to work out anew whether it can be merged, as after every merge into the same branch. Milliseconds. */
const MERGEABLE_WITHIN = 60_000;

/** Merges exactly the commit somebody was shown, if it may still be. One that is merged already is not merged again. */
export async function merge(turn: Turn, head: string): Promise<Next> {
  const { shipment, github, host, world, signal } = turn;
  const { repository, branch, id, changedAt } = shipment;
  if (shipment.pull === undefined) throw new Error(`${id} is merged without a pull request`);
  const { number } = shipment.pull;
  const pause = pauseOf(shipment, world.clock.now());
  const pull = await host.pullRequest(repository, number, { signal });
  if (pull.state === 'merged') {
    const merged = mergedAs(pull, head);
    return merged === undefined ? later(pause) : next(merged);
  }
  const befell = await befellPull(pull, turn);
  if (befell?.type === 'head-moved') return refused(changed(branch), befell);
  if (befell !== undefined) return next(befell);
  const { standing } = await lookAtPull(turn, pull);
  const isWorkedOut = pull.mergeable !== 'unknown' || standing.lacks.length > 1;
  if (!isWorkedOut && world.clock.now() - changedAt < MERGEABLE_WITHIN) return later(pause);
  if (standing.lacks.length > 0) return refused(standing.lacks.join(' '), { type: 'seen', standing });
  const outcome = await merged(turn, { number, head, method: github.ship.merge });
  switch (outcome.kind) {
    case 'merged':
      return next({ type: 'merged', commit: outcome.sha });
    case 'moved':
      return refused(`${branch} has another commit now, ${shortCommit(outcome.head)}.`);
    case 'refused':
      return refused(outcome.reason);
  }
}

/** Undefined: its commit follows a moment later. Another head than the one that was shown was merged by somebody else. */
function mergedAs({ mergeCommit: commit, mergedBy, head: { sha } }: PullRequest, head: string) {
  if (commit === undefined) return undefined;
  const byHand = sha === head ? {} : { byHand: mergedBy?.login ?? mergedBy?.name ?? 'somebody' };
  return { type: 'merged', commit, ...byHand } satisfies ShipmentEvent;
}

/** What GitHub refuses it will refuse again until somebody mends something: people must not be left waiting for it. */
async function merged(
  { shipment, host, signal }: Turn,
  request: { number: number; head: string; method: MergeMethod },
): Promise<MergeOutcome> {
  try {
    return await host.merge(shipment.repository, request, { signal });
  } catch (error) {
    if (!(error instanceof CodeHostRefused)) throw error;
    return { kind: 'refused', reason: error.message };
  }
}

function refused(reason: string, ...events: Next['events']): Next {
  return next({ type: 'merge-refused', reason }, ...events);
}

function changed(branch: string): string {
  return `${branch} is not what it was when somebody said that it may be merged. Look at what is new, then merge it.`;
}
