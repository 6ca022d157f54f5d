import type { CheckState, Deployment, RestoreState, StepState } from '../src/domain/deployment.ts';
import { isFinished } from '../src/domain/deployment.ts';
import { bakeSecondsLeft } from '../src/domain/estimate.ts';
import { regionsOf, type Step } from '../src/domain/plan.ts';
import { ofTasks } from '../src/domain/tasks.ts';
import { type ChecklistItem, type ItemState, item, type Said } from './checklist-item.ts';
import { buildItems, checkItems } from './checks.ts';
import { releaseBefore } from './deployment-words.ts';
import { folded, type RegionItem } from './fold-checklist.ts';
import { type StepGroup, stepGroups } from './step-groups.ts';
import { duration } from './text.ts';

/** The plan as things to tick off. `now` in milliseconds since the epoch. */
export function checklist(deployment: Deployment, now: number): ChecklistItem[] {
  const steps = stepGroups(deployment).map((group) => groupItem(group, deployment, now));
  const ready = [...checkItems(deployment, now), ...buildItems(deployment, now)];
  return folded([...ready, checksItem(deployment), ...steps, ...restoreItems(deployment)]);
}

function checksItem(deployment: Deployment): ChecklistItem {
  const detail = deployment.checks.map((check) => check.detail).join('\n');
  return item('checks', { title: 'Check before the start', ...checksSaid(deployment), detail });
}

/** People are asked after a first look; right before the start there is another one. */
function checksSaid({ startedAt, phase, approval, checkStates, build }: Deployment): {
  state: ItemState;
  more?: string;
} {
  if (startedAt !== undefined) return { state: 'done' };
  switch (phase.kind) {
    case 'refused':
      return { state: 'failed' };
    case 'aborted':
    case 'rejected':
    case 'expired':
    case 'superseded':
      return { state: approval === undefined ? 'not-done' : 'done' };
    case 'checking':
      return { state: isMadeReady(checkStates, build) ? 'now' : 'to-do' };
    case 'building':
      return { state: 'to-do' };
    case 'awaiting-approval':
    case 'waiting':
      return approval === undefined
        ? { state: 'to-do' }
        : { state: 'done', more: 'and once more when it starts' };
    case 'requested':
    case 'running':
    case 'held':
    case 'rolling-back':
    case 'succeeded':
    case 'rolled-back':
    case 'left':
      return { state: 'to-do' };
  }
}

/** What the policy asks for before it is done; what is live is looked at after that. */
function isMadeReady(checks: Deployment['checkStates'], build: Deployment['build']): boolean {
  const isPassed = ({ state }: CheckState) =>
    state === 'passed' || state === 'overridden' || state === 'ticked';
  return checks.every(isPassed) && (build === undefined || build.state === 'finished');
}

/** A step by itself, or several that people see as one. */
function groupItem({ steps, title, region }: StepGroup, deployment: Deployment, now: number): RegionItem {
  const states = steps.map(({ id }) => deployment.steps[id]);
  const begun = states.flatMap((state) => (state === undefined ? [] : [state]));
  const id = steps[0]?.id ?? title;
  const said = groupSaid({ steps, states: begun, deployment, now });
  return { ...item(id, { title, ...said }), region };
}

type Group = { steps: readonly Step[]; states: readonly StepState[]; deployment: Deployment; now: number };

function groupSaid({ steps, states, deployment, now }: Group): Omit<Said, 'title'> {
  const [first] = states;
  if (first === undefined) return { state: isUnderWay(deployment) ? 'to-do' : 'not-done' };
  const failed = states.find(({ kind }) => kind === 'failed');
  if (failed?.kind === 'failed') return { state: 'failed', detail: failed.reason };
  const step = steps.find(({ id }) => deployment.steps[id]?.kind === 'running');
  const running = step === undefined ? undefined : deployment.steps[step.id];
  if (step !== undefined && running?.kind === 'running') {
    return runningSaid({ step, state: running, deployment }, now);
  }
  const finished = states.flatMap((state) => (state.kind === 'finished' ? [state] : []));
  const detail = finished.flatMap((state) => state.detail ?? []).join('\n');
  if (states.length < steps.length) {
    return { state: isUnderWay(deployment) ? 'now' : 'stopped', detail };
  }
  const end = Math.max(...finished.map(({ endedAt }) => endedAt));
  return { state: 'done', more: duration((end - first.startedAt) / 1000), detail };
}

type Running = { step: Step; state: Extract<StepState, { kind: 'running' }>; deployment: Deployment };

/** While a question is open nobody looks: what was seen before it is old. */
function runningSaid({ step, state, deployment }: Running, now: number): Omit<Said, 'title'> {
  const { startedAt, progress } = state;
  const detail = progress?.note;
  if (!isUnderWay(deployment)) return { state: 'stopped', detail };
  if (isTimed(step)) return { state: 'now', more: timeTold({ step, state, deployment }, now), detail };
  const far = progress === undefined ? [] : [`${ofTasks(progress.done, progress.of)} healthy`];
  if (deployment.phase.kind === 'held') {
    const more = ['waiting for an answer', ...far.map((text) => `last seen: ${text}`)].join(' · ');
    return { state: 'now', more, detail };
  }
  const paused = deployment.paused === undefined ? [] : ['paused'];
  const more = [...far, ...paused, duration((now - startedAt) / 1000)].join(' · ');
  return { state: 'now', more, detail };
}

/** What lasts as long as the plan says or a person takes, and has no tasks to count. */
function isTimed({ kind }: Step): boolean {
  return kind === 'bake' || kind === 'watch' || kind === 'approve';
}

function timeTold({ step, state, deployment }: Running, now: number): string {
  if (deployment.phase.kind === 'held' || step.kind === 'approve') return 'waiting for an answer';
  if (deployment.paused !== undefined && step.kind === 'bake') return 'paused';
  const seconds = step.kind === 'bake' || step.kind === 'watch' ? step.seconds : 0;
  const left = bakeSecondsLeft(state) ?? seconds - (now - state.startedAt) / 1000;
  return left < 1 ? 'nearly over' : `${duration(left)} left`;
}

/** Steps go on; once putting back begins, what is left of the plan is not done any more. */
function isUnderWay(deployment: Deployment): boolean {
  return !isFinished(deployment) && deployment.phase.kind !== 'rolling-back';
}

/** Regions are put back side by side: one without a report is at work like the others. */
function restoreItems(deployment: Deployment): ChecklistItem[] {
  const isUnfinished = deployment.phase.kind === 'rolling-back';
  const regions = isUnfinished ? touchedRegions(deployment) : Object.keys(deployment.restores);
  return regions.map((region) => restoreItem(region, deployment));
}

function touchedRegions({ plan, steps, restores }: Deployment): string[] {
  const isTouched = (region: string) =>
    restores[region] !== undefined ||
    plan.steps.some((step) => step.region === region && steps[step.id] !== undefined);
  return [...new Set([...regionsOf(plan), ...Object.keys(restores)])].filter(isTouched);
}

function restoreItem(region: string, deployment: Deployment): ChecklistItem {
  const where = Object.keys(deployment.plan.from).length > 1 ? ` in ${region}` : '';
  const title = `Put ${releaseBefore(deployment, region)} back${where}`;
  const state = deployment.restores[region];
  const said: Omit<Said, 'title'> = state === undefined ? { state: 'now' } : restoreSaid(state);
  return item(`restore/${region}`, { title, ...said });
}

function restoreSaid(state: RestoreState): Omit<Said, 'title'> {
  switch (state.kind) {
    case 'running': {
      const { done, of, unit, note } = state.progress;
      const more =
        unit === 'seconds' ? `watched for ${duration(of - done)} more` : `${ofTasks(done, of)} healthy`;
      return { state: 'now', more, detail: note };
    }
    case 'blocked':
      return { state: 'now', more: 'blocked, trying again', detail: state.reason };
    case 'left':
      return { state: 'stopped', more: 'left as it is', detail: state.reason };
    case 'restored':
      return { state: 'done', more: 'confirmed', detail: state.detail };
  }
}
