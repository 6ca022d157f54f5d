import { z } from 'zod';

const Thing = z.record(z.string(), z.unknown());
type Thing = z.infer<typeof Thing>;

const TASK_MARKS: Record<string, string> = {
  pending: '[ ]',
  in_progress: '[>]',
  complete: '[x]',
  error: '[!]',
};

/** Blocks as a terminal can show them, a line each; tasks with their state as a mark and a word. */
export function plainText(blocks: readonly unknown[]): string[] {
  return things(blocks).flatMap(linesOf);
}

function linesOf(block: Thing): string[] {
  switch (block.type) {
    case 'header':
      return [`## ${textOf(block.text)}`];
    case 'plan':
      return [textOf(block.title), ...things(block.tasks).flatMap(taskLines)];
    case 'task_card':
      return taskLines(block);
    case 'actions':
      return [
        things(block.elements)
          .map((element) => `[ ${textOf(element.text)} ]`)
          .join(' '),
      ];
    case 'section':
      return [textOf(block.text), ...things(block.fields).map(textOf)].filter(isWritten);
    case 'context':
      return [things(block.elements).map(textOf).filter(isWritten).join(' · ')];
    case 'divider':
      return ['---'];
    default:
      return [everyText(block).join(' ')].filter(isWritten);
  }
}

function taskLines(task: Thing): string[] {
  const status = String(task.status);
  const mark = TASK_MARKS[status] ?? '[?]';
  const details = [task.details, task.output].flatMap(everyText).filter(isWritten);
  return [
    `  ${mark} ${textOf(task.title)} (${status})${details.length === 0 ? '' : ` ${details.join(' ')}`}`,
  ];
}

/** Text of a text object, a bare string, or nothing. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return readable(value);
  const thing = Thing.safeParse(value);
  return thing.success && thing.data.text !== undefined ? textOf(thing.data.text) : '';
}

/** Every `text` inside a value whose structure does not matter. */
function everyText(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(everyText);
  const thing = Thing.safeParse(value);
  if (!thing.success) return [];
  return Object.entries(thing.data).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [readable(inner)] : everyText(inner),
  );
}

function readable(text: string): string {
  return text
    .replace(/<[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\n', ' / ');
}

function isWritten(text: string): boolean {
  return text !== '';
}

function things(value: unknown): Thing[] {
  const list = z.array(Thing).safeParse(value);
  return list.success ? list.data : [];
}
