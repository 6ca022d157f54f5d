import type { Deployment, StepState } from './deployment.ts';
import type { Plan, Step } from './plan.ts';

/** Seconds a step takes where nothing is known yet; a Fargate task needs one to three minutes to be healthy (reference: AWS). */
const USUAL_SECONDS: Record<Step['kind'], number> = { start: 150, restore: 150, smoke: 5, verify: 5 };

/** Seconds each step of a plan will take: as long as the same kind of step took last time, else the usual. */
export function expectedSeconds(plan: Plan, previous: Deployment | undefined): Record<string, number> {
  return Object.fromEntries(plan.steps.map((step) => [step.id, expectedStepSeconds(step, previous)]));
}

function expectedStepSeconds(step: Step, previous: Deployment | undefined): number {
  const alike = previous?.plan.steps.find(
    (other) => other.region === step.region && role(other) === role(step),
  );
  const state = alike === undefined ? undefined : previous?.steps[alike.id];
  if (state?.kind !== 'finished') return USUAL_SECONDS[step.kind];
  return Math.max(1, Math.round((state.endedAt - state.startedAt) / 1000));
}

/** Starting and restoring do the same work, so one tells how long the other will take. */
function role(step: Step): string {
  return step.kind === 'restore' ? 'start' : step.kind;
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

/** Seconds of machine time left; never below 1 while a step runs, and never a promise about people. */
export function secondsLeft(deployment: Deployment, expected: Record<string, number>, now: number): number {
  let left = 0;
  for (const step of deployment.plan.steps) {
    left += secondsOfStep(expected[step.id] ?? 1, deployment.steps[step.id], now);
  }
  return Math.round(left);
}

/** By the clock or by the progress, whichever promises less waiting: a step that is nearly through is nearly over. */
function secondsOfStep(seconds: number, state: StepState | undefined, now: number): number {
  if (state?.kind === 'finished') return 0;
  if (state?.kind !== 'running') return seconds;
  const byClock = seconds - (now - state.startedAt) / 1000;
  const byProgress = seconds * (1 - shareDone(state));
  return Math.max(1, Math.min(byClock, byProgress));
}
