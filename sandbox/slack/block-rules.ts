import { isObject, objectsIn } from './json.ts';
import { LIMITS } from './limits.ts';
import type { Problem } from './shape.ts';
import { walk } from './walk.ts';

/** What must hold across blocks that are each right by themselves. */
export function problemsAcross(blocks: readonly unknown[], pointer: string): Problem[] {
  return [
    ...repeatedBlockIds(blocks, pointer),
    ...repeatedActionIds(blocks, pointer),
    ...focusTwice(blocks, pointer),
  ];
}

/** The rules that only messages have: what is shared by all tables, charts and Markdown of the message. */
export function problemsAcrossMessage(blocks: readonly unknown[]): Problem[] {
  const tables = indexesOf(blocks, 'table');
  const charts = indexesOf(blocks, 'data_visualization');
  const markdown = indexesOf(blocks, 'markdown');
  const problems: Problem[] = [];
  const second = tables[1];
  if (second !== undefined)
    problems.push({ message: 'only one table is allowed', pointer: `/blocks/${second}` });
  const third = charts[LIMITS.charts];
  if (third !== undefined) {
    problems.push({ message: `no more than ${LIMITS.charts} items allowed`, pointer: `/blocks/${third}` });
  }
  const tableText = charactersOf(tables.map((index) => blocks[index]));
  if (tableText > LIMITS.tableCharacters) {
    problems.push(tooLong(LIMITS.tableCharacters, `/blocks/${tables[0]}/rows`));
  }
  const markdownText = charactersOf(markdown.map((index) => blocks[index]));
  if (markdownText > LIMITS.markdownCharacters) {
    problems.push(tooLong(LIMITS.markdownCharacters, `/blocks/${markdown.at(-1)}/text`));
  }
  return problems;
}

/** Characters of all text that people would read in the blocks. */
export function charactersOf(blocks: readonly unknown[]): number {
  let characters = 0;
  for (const { value } of walk(blocks, '')) {
    for (const field of ['text', 'title', 'fallback']) {
      const content = value[field];
      if (typeof content === 'string') characters += content.length;
    }
  }
  return characters;
}

function tooLong(limit: number, pointer: string): Problem {
  return { message: `must be less than ${limit + 1} characters`, pointer };
}

function indexesOf(blocks: readonly unknown[], type: string): number[] {
  return blocks.flatMap((block, index) => (isObject(block) && block.type === type ? [index] : []));
}

function repeatedBlockIds(blocks: readonly unknown[], pointer: string): Problem[] {
  const seen = new Set<unknown>();
  const problems: Problem[] = [];
  for (const [index, block] of blocks.entries()) {
    const id = isObject(block) ? block.block_id : undefined;
    if (id !== undefined && seen.has(id)) {
      problems.push({
        message: `\`block_id\` "${String(id)}" already exists`,
        pointer: `${pointer}/${index}/block_id`,
      });
    }
    seen.add(id);
  }
  return problems;
}

function repeatedActionIds(blocks: readonly unknown[], pointer: string): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { value, pointer: at, block } of walk(blocks, pointer)) {
    const { action_id: id } = value;
    if (typeof id !== 'string') continue;
    const key = `${block} ${id}`;
    if (seen.has(key)) {
      problems.push({ message: `\`action_id\` "${id}" already exists`, pointer: `${at}/action_id` });
    }
    seen.add(key);
  }
  return problems;
}

function focusTwice(blocks: readonly unknown[], pointer: string): Problem[] {
  const focused = walk(blocks, pointer).filter(({ value }) => value.focus_on_load === true);
  return focused.slice(1).map(({ pointer: at }) => ({
    message: 'only one element can have `focus_on_load` set to true',
    pointer: `${at}/focus_on_load`,
  }));
}

/** True when the blocks hold an input, which a modal may only do with a `submit`. */
export function hasInput(blocks: unknown): boolean {
  return objectsIn(blocks).some((block) => block.type === 'input');
}
