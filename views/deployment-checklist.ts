import type { Deployment, RestoreState, StepState } from '../src/domain/deployment.ts';
import { isFinished } from '../src/domain/deployment.ts';
import { regionsOf, type Step } from '../src/domain/plan.ts';
import { ofTasks } from '../src/domain/tasks.ts';
import { releaseBefore } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { stepTitle } from './step-title.ts';
import { duration } from './text.ts';

export type ItemState = 'to-do' | 'now' | 'done' | 'failed' | 'stopped' | 'not-done';

/** One thing to tick off, in plain text. `more` says how far it is or how long it took. */
export type ChecklistItem = { id: string; title: string; state: ItemState; more?: string; detail?: string };

/** The plan as things to tick off. `now` in milliseconds since the epoch. */
export function checklist(deployment: Deployment, now: number): ChecklistItem[] {
  const steps = deployment.plan.steps.map((step) => stepItem(step, deployment, now));
  return folded([checksItem(deployment), ...steps, ...restoreItems(deployment)]);
}

const WORDS: Record<ItemState, string> = {
  'to-do': 'to do',
  now: 'now',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
  'not-done': 'not done',
};

type Said = { title: string; state: ItemState; more?: string | undefined; detail?: string | undefined };

function item(id: string, { title, state, more, detail }: Said): ChecklistItem {
  return {
    id,
    title,
    state,
    ...(more === undefined ? {} : { more }),
    ...(detail === undefined || detail.trim() === '' ? {} : { detail }),
  };
}

/** An item as one line that says its state in words, so that no picture has to. */
export function wholeTitle({ title, state, more }: ChecklistItem): string {
  return [title, WORDS[state], ...(more === undefined ? [] : [more])].join(' · ');
}

/** The same beside Slack's own word for the state: ours is there only where Slack has none. */
export function shortTitle({ title, state, more }: ChecklistItem): string {
  const word = state === 'stopped' || state === 'not-done' ? [WORDS[state]] : [];
  return [title, ...word, ...(more === undefined ? [] : [more])].join(' · ');
}

function checksItem(deployment: Deployment): ChecklistItem {
  const detail = deployment.checks.map((check) => check.detail).join('\n');
  return item('checks', { title: 'Check before the start', state: checksState(deployment), detail });
}

function checksState({ startedAt, phase }: Deployment): ItemState {
  if (startedAt !== undefined) return 'done';
  if (phase.kind === 'refused') return 'failed';
  if (phase.kind === 'aborted') return 'stopped';
  return phase.kind === 'checking' ? 'now' : 'to-do';
}

function stepItem(step: Step, deployment: Deployment, now: number): ChecklistItem {
  const title = stepTitle(step, deployment);
  const state = deployment.steps[step.id];
  if (state === undefined) {
    return item(step.id, { title, state: isUnderWay(deployment) ? 'to-do' : 'not-done' });
  }
  switch (state.kind) {
    case 'running':
      return runningItem(step.id, { title, state, deployment }, now);
    case 'finished': {
      const more = duration((state.endedAt - state.startedAt) / 1000);
      return item(step.id, { title, state: 'done', more, detail: state.detail });
    }
    case 'failed':
      return item(step.id, { title, state: 'failed', detail: state.reason });
  }
}

type Running = { title: string; state: Extract<StepState, { kind: 'running' }>; deployment: Deployment };

/** While a question is open nobody looks: what was seen before it is old. */
function runningItem(id: string, { title, state, deployment }: Running, now: number): ChecklistItem {
  const { startedAt, progress } = state;
  const detail = progress?.note;
  if (!isUnderWay(deployment)) return item(id, { title, state: 'stopped', detail });
  const far = progress === undefined ? [] : [`${ofTasks(progress.done, progress.of)} healthy`];
  if (deployment.phase.kind === 'held') {
    const more = ['waiting for an answer', ...far.map((text) => `last seen: ${text}`)].join(' · ');
    return item(id, { title, state: 'now', more, detail });
  }
  const more = [...far, duration((now - startedAt) / 1000)].join(' · ');
  return item(id, { title, state: 'now', more, detail });
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
      const { done, of, note } = state.progress;
      return { state: 'now', more: `${ofTasks(done, of)} healthy`, detail: note };
    }
    case 'blocked':
      return { state: 'now', more: 'blocked, trying again', detail: state.reason };
    case 'left':
      return { state: 'stopped', more: 'left as it is', detail: state.reason };
    case 'restored':
      return { state: 'done', more: 'confirmed', detail: state.detail };
  }
}

/** Slack's plan takes at most so many tasks: what is done is folded to one line, and if need be what is still far off. */
function folded(items: ChecklistItem[]): ChecklistItem[] {
  if (items.length <= LIMITS.planTasks) return items;
  const done = items.filter(({ state }) => state === 'done').slice(0, items.length - LIMITS.planTasks + 1);
  const rest = items.filter((one) => !done.includes(one));
  const shown =
    done.length < 2 ? items : [item('done', { title: `${done.length} steps`, state: 'done' }), ...rest];
  const tooMany = shown.length - LIMITS.planTasks;
  return tooMany <= 0 ? shown : withoutFarOff(shown, tooMany);
}

function withoutFarOff(items: ChecklistItem[], tooMany: number): ChecklistItem[] {
  const far = items.filter(({ state }) => state === 'to-do' || state === 'not-done').slice(-tooMany - 1);
  const [first] = far;
  if (first === undefined) return items.slice(0, LIMITS.planTasks);
  const line = item('far-off', { title: `${far.length} more steps`, state: first.state });
  const shown = items.map((one) => (one === first ? line : one));
  return shown.filter((one) => !far.includes(one)).slice(0, LIMITS.planTasks);
}
