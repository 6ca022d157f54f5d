import type { Actor } from './actor.ts';
import { type Deployment, isBlocked, isFinished } from './deployment.ts';
import { UserError } from './errors.ts';
import { personWaitedFor } from './failed-before-start.ts';

/** Whether the deployment may be aborted now; throws the `UserError` that says why not. */
export function requireAbortable(deployment: Deployment): void {
  const name = `#${deployment.number}`;
  if (isFinished(deployment)) throw new UserError(`${name} cannot be aborted: ${ending(deployment)}`);
  if (deployment.phase.kind === 'rolling-back') {
    throw new UserError(
      `${name} is already being put back${by(deployment)}. Its message shows when that is confirmed.${wayOut(deployment)}`,
    );
  }
  if (deployment.abortRequestedBy !== undefined) {
    throw new UserError(`${name} is already being aborted${by(deployment)}.`);
  }
}

/** Whether a held deployment's question may be answered with "go on"; throws a `UserError` otherwise. */
export function requireResumable(deployment: Deployment): void {
  requireSteerable(deployment, 'resumed');
  const { phase } = deployment;
  const name = `#${deployment.number}`;
  if (phase.kind === 'held') return;
  if (phase.kind === 'awaiting-approval') {
    throw new UserError(
      `${name} is not waiting for such an answer: it needs approval first. To give yours, type \`/forge approve ${name}\`.`,
    );
  }
  if (phase.kind === 'waiting') {
    throw new UserError(
      `${name} is not waiting for an answer: its message shows what it waits for, and it starts by itself.`,
    );
  }
  if (personWaitedFor(deployment) !== undefined) {
    throw new UserError(
      `${name} is not waiting for such an answer: what failed has to be tried again first. To do that, type \`/forge retry ${name}\`.`,
    );
  }
  throw new UserError(`${name} is not waiting for an answer: it is going on by itself.${wayOut(deployment)}`);
}

/** Whether promotion may be paused now; throws the `UserError` that says why not. */
export function requirePausable(deployment: Deployment): void {
  requireSteerable(deployment, 'paused');
  if (deployment.undoes !== undefined) {
    throw new UserError(
      `#${deployment.number} is a rollback, and nothing holds one up. To stop it, type \`/forge abort #${deployment.number}\`.`,
    );
  }
  if (deployment.paused !== undefined) {
    throw new UserError(
      `#${deployment.number} is paused already. To go on, type \`/forge resume #${deployment.number}\`.`,
    );
  }
}

/**
 * What "go on" does now: answers the question that is open, or ends the pause. Throws a `UserError` when there is neither.
 */
export function requireGoingOn(deployment: Deployment): 'answer' | 'unpause' {
  if (deployment.phase.kind !== 'held' && deployment.paused !== undefined) {
    requireSteerable(deployment, 'resumed');
    return 'unpause';
  }
  requireResumable(deployment);
  return 'answer';
}

/** The step whose bake can be ended early now; throws the `UserError` that says why there is none. */
export function requireSkippable(deployment: Deployment): string {
  const name = `#${deployment.number}`;
  requireSteerable(deployment, 'skipped');
  const { plan, steps, skipped } = deployment;
  const step = plan.steps.find(({ id, kind }) => kind === 'bake' && steps[id]?.kind === 'running');
  if (step === undefined) {
    throw new UserError(`There is nothing to skip now: ${name} is not watching a share of the traffic.`);
  }
  if (skipped.includes(step.id)) {
    throw new UserError(`The wait of ${name} is being skipped already.`);
  }
  return step.id;
}

/** Nothing of a deployment can be steered that has ended or is on its way back. */
function requireSteerable(deployment: Deployment, what: 'paused' | 'resumed' | 'skipped'): void {
  const name = `#${deployment.number}`;
  if (isFinished(deployment)) throw new UserError(`${name} cannot be ${what}: ${ending(deployment)}`);
  if (deployment.abortRequestedBy !== undefined) {
    throw new UserError(`${name} is being aborted${by(deployment)}; it cannot be ${what} any more.`);
  }
  if (deployment.phase.kind === 'rolling-back') {
    throw new UserError(
      `${name} is being put back already; it cannot be ${what} any more.${wayOut(deployment)}`,
    );
  }
}

/** Whether "it happened" answers the question that is open; throws a `UserError` otherwise. */
export function requireAnswerable(deployment: Deployment): void {
  requireResumable(deployment);
  const { number, phase } = deployment;
  if (phase.kind === 'held' && phase.doneMeans !== undefined) return;
  throw new UserError(
    `#${number} does not ask whether something happened. To go on, type \`/forge resume #${number}\`; to stop it, \`/forge abort #${number}\`.`,
  );
}

/**
 * Whether there is still time to answer; throws the `UserError` that says what happens instead. Only where a run waits:
 * it gives the safe answer by the clock. Anywhere else the first to write decides, and a late answer may still count.
 */
export function requireInTime({ number, phase }: Deployment, now: number): void {
  if (phase.kind !== 'held' || phase.via?.kind !== 'signal' || now < phase.deadline) return;
  const next = phase.otherwise === 'abort' ? 'Forge aborts it' : 'Forge takes it as failed';
  throw new UserError(
    `Nothing was done: the time to answer #${number} is over, and ${next}. Its message shows how that goes.`,
  );
}

/** Whether a person may take over what Forge cannot bring to an end; throws the `UserError` that says why not. */
export function requireLeavable(deployment: Deployment): void {
  const name = `#${deployment.number}`;
  if (isFinished(deployment)) throw new UserError(`${name} cannot be taken over: ${ending(deployment)}`);
  if (isBlocked(deployment)) return;
  const abort = deployment.phase.kind === 'rolling-back' ? '' : ` To stop it, type \`/forge abort ${name}\`.`;
  throw new UserError(
    `${name} cannot be taken over: nothing of it is blocked, Forge gets on with it.${abort}`,
  );
}

/** How people get out of what cannot be brought to an end, as a sentence with a space before it; nothing where it gets on. */
export function wayOut(deployment: Deployment): string {
  if (!isBlocked(deployment)) return '';
  return ` It does not get on. To answer for the service yourself and have Forge stop, type \`/forge takeover #${deployment.number}\`.`;
}

/**
 * What the click was made on, against what is true now: undefined when it still means the same, else what happened, as the
 * end of a sentence with a full stop.
 */
export function staleness(
  deployment: Deployment,
  seen: { generation: number; digest: string },
): string | undefined {
  if (deployment.plan.digest !== seen.digest) return 'its plan has changed since.';
  if (deployment.generation === seen.generation) return undefined;
  if (isFinished(deployment)) return ending(deployment);
  if (deployment.phase.kind === 'rolling-back') return 'it is being put back already.';
  return 'it has moved on since.';
}

/** How a finished deployment ended, as the end of a sentence with a full stop. */
export function ending(deployment: Deployment): string {
  const { phase, plan } = deployment;
  switch (phase.kind) {
    case 'succeeded':
      return succeededEnding(deployment);
    case 'rolled-back':
      return deployment.undoes === undefined
        ? 'it failed and the previous release was put back.'
        : 'it failed and the newer release stays live.';
    case 'aborted':
      return `it was aborted${by(deployment)}.`;
    case 'left':
      return phase.by.kind === 'person'
        ? `<@${phase.by.userId}> took over and it was left as it was.`
        : 'somebody else changed the service, and it was left as it was.';
    case 'refused':
      return 'it ended before it began; nothing was changed.';
    case 'rejected':
      return `${actorTold(phase.by)} rejected it; nothing was changed.`;
    case 'expired':
      return 'it was not let go in time; nothing was changed.';
    case 'superseded':
      return `${phase.by === undefined ? 'something newer' : `#${phase.by}`} took its place before it began; nothing was changed.`;
    case 'requested':
    case 'checking':
    case 'building':
    case 'awaiting-approval':
    case 'waiting':
    case 'running':
    case 'held':
    case 'rolling-back':
      return `it is still under way with ${plan.to.version}.`;
  }
}

function succeededEnding(deployment: Deployment): string {
  const { version } = deployment.plan.to;
  if (deployment.undoingBy !== undefined) return `#${deployment.undoingBy} is taking it back now.`;
  if (deployment.undoneBy !== undefined) return `it was undone by #${deployment.undoneBy}.`;
  if (deployment.replacedBy !== undefined) return `it was replaced by #${deployment.replacedBy}.`;
  return `it has succeeded and ${version} is live. To undo it, type \`/forge rollback #${deployment.number}\`.`;
}

function actorTold(actor: Actor): string {
  return actor.kind === 'person' ? `<@${actor.userId}>` : 'Forge';
}

function by(deployment: Deployment): string {
  const actor = deployment.abortRequestedBy;
  return actor?.kind === 'person' ? ` by <@${actor.userId}>` : '';
}
