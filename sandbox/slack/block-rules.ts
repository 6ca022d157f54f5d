import { isObject } from './json.ts';
import { LIMITS } from './limits.ts';
import { lessThan, type Problem } from './shape.ts';
import { type Visit, walk } from './walk.ts';

/** What a message with two tables is refused with; Slack has an error of its own for it. */
export const SECOND_TABLE = 'only_one_table_allowed';

/** What must hold across blocks that are each right by themselves. */
export function problemsAcross(blocks: readonly unknown[], pointer: string): Problem[] {
  const visits = walk(blocks, pointer);
  return [...repeatedBlockIds(visits), ...repeatedActionIds(visits), ...focusTwice(visits)];
}

/** The rules that only messages have: what is shared by all tables, charts and Markdown of the message. */
export function problemsAcrossMessage(blocks: readonly unknown[], pointer: string): Problem[] {
  const visits = walk(blocks, pointer);
  const tables = visits.filter(({ value }) => value.type === 'table');
  const dataTables = visits.filter(({ value }) => value.type === 'data_table');
  const markdown = visits.filter(({ value }) => value.type === 'markdown');
  const [, second] = visits.filter(({ value }) => value.type === 'table' || value.type === 'data_table');
  const third = visits.filter(({ value }) => value.type === 'data_visualization')[LIMITS.charts];
  return [
    ...(second === undefined ? [] : [{ message: SECOND_TABLE, pointer: second.pointer }]),
    ...(third === undefined
      ? []
      : [{ message: `no more than ${LIMITS.charts} items allowed`, pointer: third.pointer }]),
    ...tooLong(tables, LIMITS.tableCharacters, 'rows'),
    ...tooLong(dataTables, LIMITS.dataTableCharacters, 'rows'),
    ...tooLong(markdown, LIMITS.markdownCharacters, 'text'),
  ];
}

/** Where people read text. */
const READ = [
  'text',
  'title',
  'fallback',
  'caption',
  'label',
  'name',
  'alt_text',
  'author_name',
  'provider_name',
];

/** Characters of all text that people would read in the blocks. */
export function charactersOf(blocks: readonly unknown[]): number {
  let characters = 0;
  for (const { value } of walk(blocks, '')) {
    for (const field of READ) {
      const content = value[field];
      if (typeof content === 'string') characters += content.length;
    }
  }
  return characters;
}

/** Blocks that hold more than `most` characters together: the last of them is named. */
function tooLong(visits: readonly Visit[], most: number, field: string): Problem[] {
  const last = visits.at(-1);
  if (last === undefined || charactersOf(visits.map(({ value }) => value)) <= most) return [];
  return [{ message: lessThan(most + 1), pointer: `${last.pointer}/${field}` }];
}

function repeatedBlockIds(visits: readonly Visit[]): Problem[] {
  const ids = visits.flatMap(({ value, pointer }) =>
    typeof value.block_id === 'string' ? [{ id: value.block_id, key: value.block_id, pointer }] : [],
  );
  return repeated('block_id', ids);
}

function repeatedActionIds(visits: readonly Visit[]): Problem[] {
  const ids = visits.flatMap(({ value, pointer, block }) =>
    typeof value.action_id === 'string'
      ? [{ id: value.action_id, key: `${block} ${value.action_id}`, pointer }]
      : [],
  );
  return repeated('action_id', ids);
}

function repeated(field: string, ids: readonly { id: string; key: string; pointer: string }[]): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { id, key, pointer } of ids) {
    if (seen.has(key)) {
      problems.push({ message: `\`${field}\` "${id}" already exists`, pointer: `${pointer}/${field}` });
    }
    seen.add(key);
  }
  return problems;
}

function focusTwice(visits: readonly Visit[]): Problem[] {
  const focused = visits.filter(({ value }) => value.focus_on_load === true);
  return focused.slice(1).map(({ pointer }) => ({
    message: 'only one element can have `focus_on_load` set to true',
    pointer: `${pointer}/focus_on_load`,
  }));
}

/** Index of the first input, which a modal may only have with a `submit`; -1 where there is none. */
export function firstInput(blocks: readonly unknown[]): number {
  return blocks.findIndex((block) => isObject(block) && block.type === 'input');
}
