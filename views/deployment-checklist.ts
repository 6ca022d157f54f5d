import type { Deployment, RestoreState, StepState } from '../src/domain/deployment.ts';
import { isFinished } from '../src/domain/deployment.ts';
import { regionsOf, type Step } from '../src/domain/plan.ts';
import { releaseBefore } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { stepTitle } from './step-title.ts';
import { duration } from './text.ts';

export type ItemState = 'to-do' | 'now' | 'done' | 'failed' | 'stopped' | 'not-done';

/** One thing to tick off, in plain text. The title says the state in words, so that no picture has to. */
export type ChecklistItem = { id: string; title: string; state: ItemState; detail?: string };

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
  const said = [title, WORDS[state], ...(more === undefined ? [] : [more])].join(' · ');
  return { id, title: said, state, ...(detail === undefined || detail.trim() === '' ? {} : { detail }) };
}

function checksItem(deployment: Deployment): ChecklistItem {
  const detail = deployment.checks.map(({ name, detail: what }) => `${name}: ${what}`).join('\n');
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
      return runningItem(step.id, title, state, isUnderWay(deployment) ? now : undefined);
    case 'finished': {
      const more = duration((state.endedAt - state.startedAt) / 1000);
      return item(step.id, { title, state: 'done', more, detail: state.detail });
    }
    case 'failed':
      return item(step.id, { title, state: 'failed', detail: state.reason });
  }
}

/** `now` is undefined when nobody works on it any more. */
function runningItem(
  id: string,
  title: string,
  { startedAt, progress }: Extract<StepState, { kind: 'running' }>,
  now: number | undefined,
): ChecklistItem {
  const detail = progress?.note;
  if (now === undefined) return item(id, { title, state: 'stopped', detail });
  const far = progress === undefined ? '' : `${progress.done} of ${progress.of} tasks healthy · `;
  return item(id, { title, state: 'now', more: `${far}${duration((now - startedAt) / 1000)}`, detail });
}

/** Steps go on; once putting back begins, what is left of the plan is not done any more. */
function isUnderWay(deployment: Deployment): boolean {
  return !isFinished(deployment) && deployment.phase.kind !== 'rolling-back';
}

/** Regions are put back one after the other: the first without a report is the one at work. */
function restoreItems(deployment: Deployment): ChecklistItem[] {
  const isUnfinished = deployment.phase.kind === 'rolling-back';
  const regions = isUnfinished ? touchedRegions(deployment) : Object.keys(deployment.restores);
  const isAnyRunning = Object.values(deployment.restores).some(({ kind }) => kind === 'running');
  const first = isAnyRunning
    ? undefined
    : regions.find((region) => deployment.restores[region] === undefined);
  return regions.map((region) => restoreItem(region, deployment, region === first ? 'now' : 'to-do'));
}

function touchedRegions({ plan, steps, restores }: Deployment): string[] {
  const isTouched = (region: string) =>
    restores[region] !== undefined ||
    plan.steps.some((step) => step.region === region && steps[step.id] !== undefined);
  return [...new Set([...regionsOf(plan), ...Object.keys(restores)])].filter(isTouched);
}

function restoreItem(region: string, deployment: Deployment, unreported: ItemState): ChecklistItem {
  const where = Object.keys(deployment.plan.from).length > 1 ? ` in ${region}` : '';
  const title = `Put ${releaseBefore(deployment, region)} back${where}`;
  const state = deployment.restores[region];
  const said = state === undefined ? { state: unreported } : restoreSaid(state);
  return item(`restore/${region}`, { title, ...said });
}

function restoreSaid(state: RestoreState): Omit<Said, 'title'> {
  switch (state.kind) {
    case 'running': {
      const { done, of, note } = state.progress;
      return { state: 'now', more: `${done} of ${of} tasks healthy`, detail: note };
    }
    case 'blocked':
      return { state: 'now', more: 'blocked, trying again', detail: state.reason };
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
