import { askedAbout } from '../domain/approval-standing.ts';
import type { Caller } from '../domain/caller.ts';
import { ending } from '../domain/decisions.ts';
import { type Deployment, isFinished } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import type { Adapters } from './adapters.ts';
import { ringPreparing } from './prepare-bell.ts';
import { decided } from './steer-deployment.ts';

/** Further ahead than this is a mistake in the year. Milliseconds. */
const LONGEST_AHEAD = 366 * 24 * 3_600_000;

type Reached = Pick<Adapters, 'store' | 'policy' | 'clock'>;

export type Rescheduling = {
  deployment: number;
  /** Milliseconds since the epoch. */
  startAt: number;
  /** Of what the person was shown: see `askedAbout`. Absent: they typed it, and mean it as it is. */
  digest?: string;
};

/** What of a scheduled deployment may still be changed; throws the `UserError` that says why not. */
function requireScheduled(deployment: Deployment): number {
  const { number, startAt, startedAt, abortRequestedBy } = deployment;
  const name = `#${number}`;
  if (isFinished(deployment)) throw new UserError(`Nothing was done: ${name} is over, ${ending(deployment)}`);
  if (startedAt !== undefined) throw new UserError(`Nothing was done: ${name} has started already.`);
  if (abortRequestedBy !== undefined) throw new UserError(`Nothing was done: ${name} is being aborted.`);
  if (startAt !== undefined) return startAt;
  throw new UserError(
    `Nothing was done: ${name} is not scheduled, it starts as soon as it may. \`/forge schedules\` lists what is.`,
  );
}

/** Throws a `UserError` for a time that nothing can be scheduled for. Milliseconds since the epoch. */
function requireTimeAhead(startAt: number, now: number): void {
  if (startAt <= now) throw new UserError('That time is past. Nothing was done; name a later one.');
  if (startAt <= now + LONGEST_AHEAD) return;
  throw new UserError('That is more than a year ahead. Nothing was done; name an earlier time.');
}

/**
 * Sets another time for a scheduled deployment. Whoever does it agrees to what it would do now; votes and consent were for the
 * other time, so people are asked anew. Throws a `UserError` when it cannot be, or is not what they saw.
 */
export async function reschedule(
  request: Rescheduling,
  caller: Caller,
  reached: Reached,
): Promise<Deployment> {
  const { startAt, digest } = request;
  return decided(request, reached.store, async (deployment) => {
    requireScheduled(deployment);
    requireTimeAhead(startAt, reached.clock.now());
    if (digest !== undefined) requireSeen(deployment, digest, reached);
    return commit(deployment, { type: 'rescheduled', startAt }, caller, reached);
  });
}

export type Confirmation = { deployment: number; digest: string };

/**
 * Lets a scheduled deployment start though it is not as it was scheduled. Throws a `UserError` when nobody asks for that, the
 * person is neither its owner nor who set its time last, or it is not what they saw.
 */
export async function confirmStart(
  request: Confirmation,
  caller: Caller,
  reached: Reached,
): Promise<Deployment> {
  return decided(request, reached.store, async (deployment) => {
    const { number, ownerAsked } = deployment;
    requireScheduled(deployment);
    requireOwner(deployment, caller);
    if (ownerAsked === undefined) {
      throw new UserError(
        `Nothing was done: #${number} waits for no such answer. Its message shows what it waits for.`,
      );
    }
    if (reached.clock.now() >= ownerAsked.deadline) {
      throw new UserError(`Nothing was done: the time to answer is over, and #${number} does not start.`);
    }
    requireSeen(deployment, request.digest, reached);
    return commit(deployment, { type: 'owner-confirmed', digest: request.digest }, caller, reached);
  });
}

/** Throws a `UserError` for everybody but who scheduled it, or set its time last. */
export function requireOwner(
  { number, requestedBy, lastEditor }: Deployment,
  { actor }: Pick<Caller, 'actor'>,
): void {
  const owner = requestedBy.kind === 'person' ? requestedBy.userId : undefined;
  if (actor.userId === owner || actor.userId === lastEditor) return;
  const who = lastEditor ?? owner;
  throw new UserError(
    `Nothing was done: ${who === undefined ? 'nobody' : `<@${who}>`} scheduled #${number} and is asked. Whoever may schedule there can set another time, with \`/forge reschedule #${number}\`, and answers for it then.`,
  );
}

function requireSeen({ number, plan, startAt }: Deployment, digest: string, { policy }: Reached): void {
  if (askedAbout(plan, policy.version, startAt) === digest) return;
  throw new UserError(
    `Nothing was done: #${number} has changed since you looked at it. Look at its message and decide on it as it is now.`,
  );
}

function commit(
  { number, version }: Deployment,
  event: DeploymentEvent,
  { actor, arrival }: Caller,
  { store }: Reached,
): ReturnType<Adapters['store']['commit']> {
  return store.commit([
    {
      ...{ kind: 'append', deployment: number, expect: version, by: actor, cause: arrival },
      events: [event],
    },
    ringPreparing(number, { id: arrival, by: actor.userId }),
    { kind: 'finish-arrival', id: arrival, outcome: `${event.type} #${number}` },
  ]);
}
