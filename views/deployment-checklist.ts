import type { KnownBlock, TaskCardBlock } from '@slack/types';
import type { Deployment, RestoreState } from '../src/domain/deployment.ts';
import type { Step } from '../src/domain/plan.ts';
import { paragraph, section } from './blocks.ts';
import { previousVersion, stepTitle } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { cleaned, duration, escaped, shortened } from './text.ts';

type Status = 'pending' | 'in_progress' | 'complete' | 'error';
export type ChecklistItem = { id: string; title: string; status: Status; detail?: string };

/** The plan as things to tick off, in plain text. `now` in milliseconds since the epoch. */
export function checklist(deployment: Deployment, now: number): ChecklistItem[] {
  const items = [
    checksItem(deployment),
    ...deployment.plan.steps.map((step) => stepItem(step, deployment, now)),
  ];
  const restores = Object.entries(deployment.restores).map(([region, state]) =>
    restoreItem(region, state, deployment),
  );
  return folded(unfolding(deployment, [...items, ...restores]));
}

function checksItem(deployment: Deployment): ChecklistItem {
  const detail = deployment.checks.map(({ name, detail: what }) => `${name}: ${what}`).join('\n');
  const item = { id: 'checks', title: 'Check before the start', ...(detail === '' ? {} : { detail }) };
  if (deployment.startedAt !== undefined) return { ...item, status: 'complete' };
  if (deployment.phase.kind === 'refused') return { ...item, status: 'error' };
  return { ...item, status: deployment.phase.kind === 'checking' ? 'in_progress' : 'pending' };
}

function stepItem(step: Step, deployment: Deployment, now: number): ChecklistItem {
  const title = stepTitle(step, deployment);
  const state = deployment.steps[step.id] ?? { kind: 'pending' };
  const { id } = step;
  switch (state.kind) {
    case 'pending':
      return { id, title, status: 'pending' };
    case 'running': {
      const { progress } = state;
      const isUnderWay = deployment.phase.kind === 'running' || deployment.phase.kind === 'held';
      const far = progress === undefined ? '' : ` · ${progress.done} of ${progress.of} tasks healthy`;
      const detail = progress?.note === undefined ? {} : { detail: progress.note };
      if (!isUnderWay) return { id, title: `${title} · stopped`, status: 'error', ...detail };
      const since = duration((now - state.startedAt) / 1000);
      return { id, title: `${title}${far} · ${since}`, status: 'in_progress', ...detail };
    }
    case 'finished': {
      const took = duration((state.endedAt - state.startedAt) / 1000);
      const detail = state.detail === undefined ? {} : { detail: state.detail };
      return { id, title: `${title} · ${took}`, status: 'complete', ...detail };
    }
    case 'failed':
      return { id, title: `${title} · failed`, status: 'error', detail: state.reason };
  }
}

function restoreItem(region: string, state: RestoreState, deployment: Deployment): ChecklistItem {
  const where = Object.keys(deployment.plan.from).length > 1 ? ` in ${region}` : '';
  const title = `Put ${previousVersion(deployment)} back${where}`;
  const id = `restore/${region}`;
  switch (state.kind) {
    case 'pending':
      return { id, title, status: 'in_progress' };
    case 'running': {
      const { done, of } = state.progress;
      return { id, title: `${title} · ${done} of ${of} tasks healthy`, status: 'in_progress' };
    }
    case 'blocked':
      return { id, title: `${title} · blocked, trying again`, status: 'in_progress', detail: state.reason };
    case 'restored':
      return { id, title: `${title} · confirmed`, status: 'complete', detail: state.detail };
  }
}

/** Putting back has begun, but no region has reported yet: one line says so. */
function unfolding(deployment: Deployment, items: ChecklistItem[]): ChecklistItem[] {
  const isSilent = deployment.phase.kind === 'rolling-back' && Object.keys(deployment.restores).length === 0;
  if (!isSilent) return items;
  return [
    ...items,
    { id: 'restore', title: `Put ${previousVersion(deployment)} back`, status: 'in_progress' },
  ];
}

/** Slack's plan takes at most so many tasks: what is done is folded to one line. */
function folded(items: ChecklistItem[]): ChecklistItem[] {
  const tooMany = items.length - LIMITS.planTasks;
  if (tooMany <= 0) return items;
  const done = items.filter(({ status }) => status === 'complete').slice(0, tooMany + 1);
  const rest = items.filter((item) => !done.includes(item));
  const line: ChecklistItem = { id: 'done', title: `${done.length} steps done`, status: 'complete' };
  return [line, ...rest].slice(0, LIMITS.planTasks);
}

/** The checklist as Slack's own live plan. */
export function planBlock(items: readonly ChecklistItem[], title: string): KnownBlock {
  return { type: 'plan', title: shortened(cleaned(title), LIMITS.taskTitle), tasks: items.map(taskCard) };
}

function taskCard(item: ChecklistItem): TaskCardBlock {
  return {
    type: 'task_card',
    task_id: item.id,
    title: shortened(cleaned(item.title), LIMITS.taskTitle),
    status: item.status,
    ...(item.detail === undefined ? {} : { details: paragraph(shortened(item.detail, 700)) }),
  };
}

/** The same for workspaces that do not know Slack's plan yet. */
export function classicChecklist(items: readonly ChecklistItem[]): KnownBlock {
  return section(items.map(classicLine).join('\n'));
}

function classicLine(item: ChecklistItem): string {
  const detail =
    item.detail === undefined || item.status === 'complete'
      ? ''
      : `\n      ${escaped(shortened(item.detail, 300))}`;
  return `${mark(item.status)} ${escaped(item.title)}${detail}`;
}

/** Words beside the picture: it may be read aloud. */
function mark(status: Status): string {
  switch (status) {
    case 'pending':
      return ':white_medium_small_square: To do:';
    case 'in_progress':
      return ':hourglass_flowing_sand: Now:';
    case 'complete':
      return ':white_check_mark: Done:';
    case 'error':
      return ':x: Failed:';
  }
}
