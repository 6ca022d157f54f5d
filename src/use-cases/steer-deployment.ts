import type { Caller } from '../domain/caller.ts';
import {
  requireAbortable,
  requireAnswerable,
  requireGoingOn,
  requireInTime,
  requirePausable,
  requireSkippable,
} from '../domain/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import type { AnswerPath } from '../domain/question-event.ts';
import type { Change, Store } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';

export type Steering = { deployment: number; why?: string };

/** A deployment moves on while a person decides; the decision is made anew on what is true now, this often. */
const TRIES = 10;

/** Stops a deployment and has what it changed put back. Throws a `UserError` when there is nothing to stop. */
export async function abortDeployment(request: Steering, caller: Caller, store: Store): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    requireAbortable(deployment);
    const { number } = deployment;
    const by = caller.actor.userId;
    const reason = request.why ?? '';
    return store.commit([
      {
        kind: 'append',
        deployment: number,
        expect: deployment.version,
        events: [{ type: 'abort-requested' }],
        by: caller.actor,
        ...(request.why === undefined ? {} : { why: request.why }),
        cause: caller.arrival,
      },
      { kind: 'abort-run', run: `prepare/${number}`, by, reason },
      { kind: 'abort-run', run: deployment.run ?? `deploy/${number}`, by, reason },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `abort of #${number}` },
    ]);
  });
}

/** Stops promotion before its next step; gates and dead-man switch go on. Throws a `UserError` when it cannot be. */
export async function pauseDeployment(
  request: Steering,
  caller: Caller,
  { store }: Pick<Adapters, 'store'>,
): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    requirePausable(deployment);
    return steer(deployment, { type: 'paused' }, caller, store, request.why);
  });
}

/** Ends the present bake early. Throws a `UserError` when there is none. */
export async function skipBake(
  request: Steering & { /** The step whose bake is meant. Absent: the present one's. */ step?: string },
  caller: Caller,
  { store }: Pick<Adapters, 'store'>,
): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    const step = requireSkippable(deployment);
    if (request.step !== undefined && request.step !== step) {
      throw new UserError(
        `Nothing was done: the wait you meant is over, and #${deployment.number} has moved on to the next. To skip that one, press “Skip this wait” in its message.`,
      );
    }
    return steer(deployment, { type: 'skipped', step }, caller, store, request.why);
  });
}

/** The run that works on it looks for this by itself. */
function steer(
  { number, version }: Deployment,
  event: Extract<DeploymentEvent, { type: 'paused' | 'unpaused' | 'skipped' }>,
  caller: Caller,
  store: Store,
  why?: string,
): ReturnType<Store['commit']> {
  return store.commit([
    {
      kind: 'append',
      deployment: number,
      expect: version,
      events: [event],
      by: caller.actor,
      ...(why === undefined ? {} : { why }),
      cause: caller.arrival,
    },
    { kind: 'finish-arrival', id: caller.arrival, outcome: `#${number} ${event.type}` },
  ]);
}

export type Answer = {
  deployment: number;
  /** What was asked about did happen: go on after it. Absent: go on, or do it again. */
  happened?: true;
};

/**
 * Has a deployment go on: answers the question that is open, or ends a pause where none is. Throws a `UserError` when there
 * is neither, or not any more.
 */
export async function resumeDeployment(
  answer: Answer,
  caller: Caller,
  { store, clock }: Pick<Adapters, 'store' | 'clock'>,
): Promise<Deployment> {
  return decided(answer, store, async (deployment) => {
    if (answer.happened !== undefined) requireAnswerable(deployment);
    else if (requireGoingOn(deployment) === 'unpause') {
      return steer(deployment, { type: 'unpaused' }, caller, store);
    }
    requireInTime(deployment, clock.now());
    return store.commit([
      {
        kind: 'append',
        deployment: deployment.number,
        expect: deployment.version,
        events: [resumed(deployment, answer)],
        by: caller.actor,
        cause: caller.arrival,
      },
      ...handedOn(deployment, answer, caller),
      { kind: 'finish-arrival', id: caller.arrival, outcome: `resume of #${deployment.number}` },
    ]);
  });
}

function resumed(deployment: Deployment, { happened }: Answer): DeploymentEvent {
  const { phase } = deployment;
  const path = pathOf(deployment);
  const isAboutAnEffect = phase.kind === 'held' && phase.doneMeans !== undefined;
  return {
    type: 'resumed',
    ...(path?.kind === 'new-run' ? { run: path.run } : {}),
    ...(isAboutAnEffect ? { answer: happened === undefined ? 'again' : 'happened' } : {}),
  };
}

function pathOf({ phase }: Deployment): AnswerPath | undefined {
  return phase.kind === 'held' ? phase.via : undefined;
}

/** What brings the answer to the work, where no run looks for it by itself. */
function handedOn(deployment: Deployment, { happened }: Answer, caller: Caller): Change[] {
  const { number, service, environment } = deployment;
  const path = pathOf(deployment);
  switch (path?.kind) {
    case 'new-run': {
      const input = { deployment: number, service, environment };
      return [{ kind: 'start-run', id: path.run, job: 'deploy', input, key: `${service}/${environment}` }];
    }
    case 'signal': {
      const { run, name } = path;
      const value = happened === undefined ? 'redo' : 'done';
      return [{ kind: 'signal-run', run, name, id: caller.arrival, by: caller.actor.userId, value }];
    }
    case undefined:
      return [];
  }
}

/** Decides on what is true now, again as long as it changes meanwhile. */
export async function decided(
  request: Steering,
  store: Store,
  decide: (deployment: Deployment) => Promise<'committed' | 'already-committed' | 'conflict'>,
): Promise<Deployment> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const deployment = await requireDeployment(request.deployment, store);
    const result = await decide(deployment);
    if (result !== 'conflict') return deployment;
  }
  throw new Error(`Deployment #${request.deployment} changed ${TRIES} times while it was being steered`);
}

/** Throws the `UserError` that says there is no such deployment. */
export async function requireDeployment(number: number, store: Store): Promise<Deployment> {
  const deployment = await store.deployment(number);
  if (deployment !== undefined) return deployment;
  throw new UserError(`There is no deployment #${number}. \`/forge history\` lists the ones there are.`);
}
