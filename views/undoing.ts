import type { KnownBlock } from '@slack/types';
import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { context } from './blocks.ts';
import { hasColours } from './colours.ts';
import { isAborting, isLive, releaseBefore } from './deployment-words.ts';
import { escaped, moment, roughly } from './text.ts';

/** How soon people are served by the release before again. */
export type UndoTime =
  /** No request has gone to the new release yet. */
  | { kind: 'nothing-moved' }
  /** Its tasks are warm, only traffic has to move; until then, where that ends by itself (milliseconds since the epoch). */
  | { kind: 'instant'; until?: number; thenSeconds: number }
  /** Its tasks have to start first. */
  | { kind: 'slow'; seconds: number };

type View = { deployment: Deployment; undoSeconds: number; now: number };

export function undoTime({ deployment, undoSeconds, now }: View): UndoTime {
  if (!hasColours(deployment)) return { kind: 'slow', seconds: undoSeconds };
  if (!isFinished(deployment)) {
    if (Object.keys(deployment.traffic).length === 0) return { kind: 'nothing-moved' };
    return isRetiring(deployment)
      ? { kind: 'slow', seconds: undoSeconds }
      : { kind: 'instant', thenSeconds: undoSeconds };
  }
  const until = instantUntil(deployment, now);
  if (until === undefined) return { kind: 'slow', seconds: undoSeconds };
  return { kind: 'instant', until, thenSeconds: undoSeconds };
}

/** The colour that lost its traffic is being scaled down. */
function isRetiring({ plan, steps }: Deployment): boolean {
  return plan.steps.some(({ kind, id }) => kind === 'retire' && steps[id] !== undefined);
}

/** When the first region stops keeping the release before warm; undefined where one has by now. Milliseconds since the epoch. */
export function instantUntil(deployment: Deployment, now: number): number | undefined {
  const until = standbyUntil(deployment);
  return until === undefined || until <= now ? undefined : until;
}

/** The same, though it may be over. */
export function standbyUntil({ plan, standby }: Deployment): number | undefined {
  let first = Number.POSITIVE_INFINITY;
  for (const [region, { place }] of Object.entries(plan.from)) {
    if (place === 'only') continue;
    const kept = standby[region];
    if (kept === undefined || kept.endedAt !== undefined) return undefined;
    first = Math.min(first, kept.until);
  }
  return Number.isFinite(first) ? first : undefined;
}

/** `It takes …`, for a button's question; in plain text. */
export function undoTakes(view: View): string {
  const time = undoTime(view);
  switch (time.kind) {
    case 'nothing-moved':
      return 'No traffic has moved yet.';
    case 'instant':
      return 'Its tasks are warm: traffic moves within seconds.';
    case 'slow':
      return `It takes ${roughly(time.seconds)}.`;
  }
}

/** What can be undone, how long that takes and until when. */
export function undoBlocks(view: View): KnownBlock[] {
  const { deployment } = view;
  if (!isFinished(deployment)) return [...whileRunning(view)].map((line) => context(line));
  if (!isLive(deployment) || deployment.undoes !== undefined) return [];
  if (deployment.undoingBy !== undefined) {
    return [context(`#${deployment.undoingBy} is taking this back now.`)];
  }
  return [context(`Can be undone: ${whenLive(view)}`)];
}

function whileRunning(view: View): string[] {
  const { deployment, undoSeconds } = view;
  if (deployment.phase.kind === 'rolling-back' || isAborting(deployment)) return [];
  const before = escaped(releaseBefore(deployment));
  // What people vote on says how it can be undone.
  if (deployment.phase.kind === 'awaiting-approval') return [];
  if (deployment.startedAt === undefined) {
    return [`Can be undone: nothing is changed yet, abort leaves ${before} live.`];
  }
  const time = undoTime(view);
  switch (time.kind) {
    case 'nothing-moved':
      return [`Can be undone: no traffic has moved yet, abort leaves ${before} live.`];
    case 'instant':
      return [`Can be undone: abort moves all traffic back to ${before} within seconds.`];
    case 'slow':
      return [`Can be undone: abort puts ${before} back, ${roughly(undoSeconds)}.`];
  }
}

function whenLive(view: View): string {
  const { deployment } = view;
  const before = escaped(releaseBefore(deployment));
  const time = undoTime(view);
  if (time.kind === 'instant' && time.until !== undefined) {
    return `back to ${before} instantly until ${moment(time.until)}, after that in ${roughly(time.thenSeconds)}.`;
  }
  if (hasColours(deployment)) {
    return `putting ${before} back takes ${roughly(view.undoSeconds)}, since its tasks have to start again.`;
  }
  return `putting ${before} back takes ${roughly(view.undoSeconds)}.`;
}
