import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asObject, asObjects, asText, isObject } from '../json.ts';
import { drawPlain } from '../text/draw-text.ts';
import { isSafeUrl } from '../text/inline.ts';
import type { BlockContext } from './context.ts';
import { drawRichText } from './rich-text.ts';

/** A live checklist. Every task says its state in words; the mark beside it only repeats them. */
export function drawPlan(block: Json, context: BlockContext): HTMLElement {
  const tasks = asObjects(block.tasks);
  const done = tasks.filter((task) => task.status === 'complete').length;
  const rows = tasks.map((task, index) => {
    const row = element('li', { 'data-key': asText(task.task_id) || index }, [drawTask(task, context)]);
    return row;
  });
  return element('div', { class: 'plan-block' }, [
    element('div', { class: 'plan-head' }, [
      element('span', { class: 'plan-title' }, drawPlain(block.title, context)),
      element('span', { class: 'plan-count' }, [`${done} of ${tasks.length} done`]),
    ]),
    element('ol', { class: 'plan-tasks' }, rows),
  ]);
}

export function drawTaskCard(block: Json, context: BlockContext): HTMLElement {
  return element('div', { class: 'plan-block task-alone' }, [drawTask(block, context)]);
}

function drawTask(task: Json, context: BlockContext): HTMLElement {
  const state = STATES.get(asText(task.status)) ?? UNKNOWN_STATE;
  const head = [
    element('span', { class: 'task-mark', 'aria-hidden': 'true' }, [
      state.mark === undefined ? undefined : icon(state.mark),
    ]),
    element('span', { class: 'task-title' }, drawPlain(task.title, context)),
    element('span', { class: 'task-state' }, [state.word]),
  ];
  const panels = drawPanels(task, context);
  const attributes = { class: `task task-${state.name}` };
  if (panels.length === 0) return element('div', { ...attributes, 'data-key': 'plain' }, head);
  return element('details', { ...attributes, 'data-key': 'details' }, [
    element('summary', {}, [
      ...head,
      element('span', { class: 'task-fold', 'aria-hidden': 'true' }, [icon('fold')]),
    ]),
    element('div', { class: 'task-panels' }, panels),
  ]);
}

function drawPanels(task: Json, context: BlockContext): HTMLElement[] {
  const texts = ['details', 'output'].map((name) => task[name]).filter(isObject);
  const panels = texts.map((text) => drawRichText(text, context));
  const links = asObjects(task.sources).map((source) => drawSource(asObject(source)));
  return links.length === 0 ? panels : [...panels, element('div', { class: 'task-sources' }, links)];
}

function drawSource(source: Json): HTMLElement {
  const url = asText(source.url);
  const text = asText(source.text) || url;
  if (!isSafeUrl(url)) return element('span', {}, [text]);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, [text]);
}

const STATES = new Map(
  Object.entries({
    pending: { name: 'pending', word: 'Pending', mark: undefined },
    in_progress: { name: 'running', word: 'In progress', mark: undefined },
    complete: { name: 'complete', word: 'Done', mark: 'check' },
    error: { name: 'error', word: 'Failed', mark: 'close' },
  } as const),
);

const UNKNOWN_STATE = { name: 'unknown', word: 'Unknown', mark: undefined };
