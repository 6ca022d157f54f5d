import type { Deployment, StepState } from './deployment.ts';
import type { Plan, Step } from './plan.ts';

/**
 * Seconds a step takes where nothing is known yet; a Fargate task needs one to three minutes to be healthy (reference: AWS).
 * A bake takes what the plan says, and how long a person takes nobody knows.
 */
function usualSeconds(step: Step): number {
  switch (step.kind) {
    case 'start':
    case 'restore':
      return 150;
    case 'shift':
      return 3 + step.settleSeconds;
    case 'bake':
    case 'watch':
      return step.seconds;
    case 'approve':
      return 0;
    case 'smoke':
    case 'verify':
    case 'return':
      return 5;
    case 'arm':
    case 'disarm':
    case 'standby':
    case 'retire':
      return 2;
  }
}

/** Seconds each step of a plan will take: as long as the same kind of step took last time, else the usual. */
export function expectedSeconds(plan: Plan, previous: Deployment | undefined): Record<string, number> {
  return Object.fromEntries(plan.steps.map((step) => [step.id, expectedStepSeconds(step, previous)]));
}

function expectedStepSeconds(step: Step, previous: Deployment | undefined): number {
  // Pauses, questions and extensions of the last time say nothing about this one.
  if (step.kind === 'bake' || step.kind === 'watch' || step.kind === 'approve') return usualSeconds(step);
  const alike = previous?.plan.steps.find(
    (other) => other.region === step.region && role(other) === role(step),
  );
  const state = alike === undefined ? undefined : previous?.steps[alike.id];
  if (state?.kind !== 'finished') return usualSeconds(step);
  return Math.max(1, Math.round((state.endedAt - state.startedAt) / 1000));
}

/** Starting and restoring do the same work, so one tells how long the other will take; the first shift waits for more than later ones. */
function role(step: Step): string {
  if (step.kind === 'shift') return `shift to ${step.weight}`;
  return step.kind === 'restore' ? 'start' : step.kind;
}

/** Seconds until what was live before is back where its tasks have to be started anew: no step of watching or waiting is part of it. */
export function secondsToUndo(plan: Plan, expected: Record<string, number>): number {
  let seconds = 0;
  for (const step of plan.steps) if (isPartOfUndoing(step)) seconds += expected[step.id] ?? 1;
  return seconds;
}

function isPartOfUndoing({ kind }: Step): boolean {
  switch (kind) {
    case 'start':
    case 'restore':
    case 'smoke':
    case 'verify':
    case 'return':
      return true;
    case 'arm':
    case 'shift':
    case 'bake':
    case 'approve':
    case 'disarm':
    case 'standby':
    case 'watch':
    case 'retire':
      return false;
  }
}

/** Share of the work that is done, in whole percent; 100 only when the deployment has succeeded. */
export function percentDone(deployment: Deployment, expected: Record<string, number>): number {
  if (deployment.phase.kind === 'succeeded') return 100;
  let done = 0;
  let total = 0;
  for (const step of deployment.plan.steps) {
    const seconds = expected[step.id] ?? 1;
    total += seconds;
    done += seconds * shareDone(deployment.steps[step.id]);
  }
  return total === 0 ? 0 : Math.min(99, Math.floor((100 * done) / total));
}

function shareDone(state: StepState | undefined): number {
  if (state?.kind === 'finished') return 1;
  if (state?.kind !== 'running' || state.progress === undefined || state.progress.of === 0) return 0;
  return Math.min(0.95, state.progress.done / state.progress.of);
}

/** Seconds of machine time left; at least 1 while a step of it runs, and never a promise about people. */
export function secondsLeft(deployment: Deployment, expected: Record<string, number>, now: number): number {
  let left = 0;
  for (const step of deployment.plan.steps) {
    left += secondsOfStep(step, { expected: expected[step.id] ?? 1, state: deployment.steps[step.id], now });
  }
  return Math.round(left);
}

type Clocked = { expected: number; state: StepState | undefined; now: number };

/** By the clock or by the progress, whichever promises less waiting: a step that is nearly through is nearly over. */
function secondsOfStep(step: Step, { expected, state, now }: Clocked): number {
  if (state?.kind === 'finished' || step.kind === 'approve') return 0;
  if (state?.kind !== 'running') return expected;
  const watched = isWatching(step) ? bakeSecondsLeft(state) : undefined;
  if (watched !== undefined) return Math.max(1, watched);
  const byClock = expected - (now - state.startedAt) / 1000;
  const byProgress = expected * (1 - shareDone(state));
  return Math.max(1, Math.min(byClock, byProgress));
}

function isWatching({ kind }: Step): boolean {
  return kind === 'bake' || kind === 'watch';
}

/** Seconds a bake has still to go as it was last told: it may have begun again or been extended, so the clock does not know. */
export function bakeSecondsLeft(state: StepState | undefined): number | undefined {
  if (state?.kind !== 'running' || state.progress === undefined) return undefined;
  return Math.max(0, state.progress.of - state.progress.done);
}

/** How often it will still wait for a person's go-ahead. */
export function goAheadsLeft({ plan, steps }: Deployment): number {
  return plan.steps.filter(({ kind, id }) => kind === 'approve' && steps[id]?.kind !== 'finished').length;
}
