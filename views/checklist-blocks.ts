import type { KnownBlock, TaskCardBlock } from '@slack/types';
import { paragraph, section } from './blocks.ts';
import { type ChecklistItem, type ItemState, shortTitle, wholeTitle } from './checklist-item.ts';
import { LIMITS } from './limits.ts';
import { cleaned, escaped, oneLine, quoted, shortened } from './text.ts';

/** The checklist as Slack's own live plan. Details have at most `most` characters each. */
export function planBlock(
  items: readonly ChecklistItem[],
  { title, most }: { title: string; most: number },
): KnownBlock {
  return {
    type: 'plan',
    title: shortened(oneLine(title), LIMITS.taskTitle),
    tasks: items.map((item) => taskCard(item, most)),
  };
}

function taskCard(item: ChecklistItem, most: number): TaskCardBlock {
  const { id, state, detail } = item;
  return {
    type: 'task_card',
    task_id: id,
    title: shortened(oneLine(shortTitle(item)), LIMITS.taskTitle),
    status: status(state),
    ...(detail === undefined ? {} : { details: paragraph(shortened(cleaned(detail), most)) }),
  };
}

function status(state: ItemState): 'pending' | 'in_progress' | 'complete' | 'error' {
  switch (state) {
    case 'to-do':
    case 'not-done':
      return 'pending';
    case 'now':
      return 'in_progress';
    case 'done':
      return 'complete';
    case 'failed':
    case 'stopped':
      return 'error';
  }
}

/** The same, with the state in words, for workspaces that do not know Slack's plan yet. What is done needs no detail there. */
export function classicChecklist(items: readonly ChecklistItem[], { most }: { most: number }): KnownBlock[] {
  const sections: string[] = [];
  for (const item of items) {
    const line = classicLine(item, most);
    const last = sections.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last === undefined || joined.length > LIMITS.sectionText) sections.push(line);
    else sections[sections.length - 1] = joined;
  }
  return sections.map(section);
}

function classicLine(item: ChecklistItem, most: number): string {
  const { state, detail } = item;
  const line = `${mark(state)} ${escaped(shortened(oneLine(wholeTitle(item)), LIMITS.taskTitle))}`;
  return detail === undefined || state === 'done' ? line : `${line}\n      ${quoted(detail, most)}`;
}

/** A picture beside the words. */
function mark(state: ItemState): string {
  switch (state) {
    case 'to-do':
      return ':white_medium_small_square:';
    case 'now':
      return ':hourglass_flowing_sand:';
    case 'done':
      return ':white_check_mark:';
    case 'failed':
      return ':x:';
    case 'stopped':
      return ':octagonal_sign:';
    case 'not-done':
      return ':black_small_square:';
  }
}
