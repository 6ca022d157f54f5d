import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';
import { between, charactersAtMost, itemsAtLeast, itemsAtMost, known, type Row } from './rules.ts';
import {
  address,
  cell,
  dataTable,
  knowsAll,
  paragraph,
  plain,
  plan,
  section,
  several,
  table,
  task,
} from './samples.ts';

const wide = (cells: number) => ({ type: 'table', rows: [several(cells, () => cell())] });
const inRows = (...rows: unknown[][]) => dataTable({ rows });
const columns = (count: number) => several(count, () => ({ align: 'right', is_wrapped: true }));
const sources = (url: string) => task({ sources: [{ type: 'url', url, text: 'x' }] });

const rows: Row[] = [
  ['a plan has a bare title', plan(), plan({ title: plain() }), '/title', 'must provide a string'],
  [
    'a plan has tasks only',
    plan({ tasks: [task()] }),
    plan({ tasks: [section()] }),
    '/tasks/0/type',
    'unsupported type: section',
  ],
  known(
    'the state of a task',
    'pending',
    (word) => plan({ tasks: [task({ status: word })] }),
    '/tasks/0/status',
  ),
  ...['completed', 'done', 'running', 'in-progress'].map(
    (word): Row => [
      'the state of a task is Slack’s',
      task({ status: 'in_progress' }),
      task({ status: word }),
      '/status',
      'must be a valid enum value',
    ],
  ),
  [
    'a task by itself is under way',
    task({ status: 'error' }),
    task({ status: 'pending' }),
    '/status',
    'must be a valid enum value',
  ],
  ['a task has a bare title', task(), task({ title: plain() }), '/title', 'must provide a string'],
  ['a task has an id', task(), task({ task_id: undefined }), '', 'missing required field: task_id'],
  [
    'the details of a task are one rich text',
    task({ details: paragraph() }),
    task({ details: [paragraph()] }),
    '/details',
    'must provide an object',
  ],
  [
    'the output of a task is a rich text',
    task({ output: paragraph() }),
    task({ output: 'x' }),
    '/output',
    'must provide an object',
  ],
  charactersAtMost(
    'the address of a source',
    3000,
    (text) => sources(address(text.length)),
    '/sources/0/url',
  ),
  itemsAtMost('a table', 100, (count) => table(count), '/rows'),
  itemsAtLeast('a table', 1, (count) => table(count), '/rows'),
  itemsAtMost('a row', 20, (count) => wide(count), '/rows/0'),
  itemsAtMost(
    'a table’s settings',
    20,
    (count) => ({ ...table(1), column_settings: columns(count) }),
    '/column_settings',
  ),
  known(
    'an alignment',
    'center',
    (word) => ({ ...table(1), column_settings: [{ align: word }] }),
    '/column_settings/0/align',
  ),
  [
    'a cell is no text object',
    table(1),
    { type: 'table', rows: [[plain()]] },
    '/rows/0/0/type',
    'unsupported type: plain_text',
  ],
  ['a cell is not empty', table(1), table(1, ''), '/rows/0/0/text', 'must be more than 0 characters'],
  [
    'a data table has a caption',
    dataTable(),
    dataTable({ caption: undefined }),
    '',
    'missing required field: caption',
  ],
  itemsAtMost('a data table', 201, (count) => dataTable({ rows: several(count, () => [cell()]) }), '/rows'),
  itemsAtLeast('a data table', 2, (count) => dataTable({ rows: several(count, () => [cell()]) }), '/rows'),
  [
    'a data table has at most 20 columns',
    inRows(
      several(20, () => cell()),
      several(20, () => cell()),
    ),
    inRows(
      several(20, () => cell()),
      several(21, () => cell()),
    ),
    '/rows/1',
    'no more than 20 items allowed',
  ],
  [
    'a data table is as wide everywhere',
    inRows([cell()], [cell()]),
    inRows([cell()], [cell(), cell()]),
    '/rows/1',
    'all rows must have the same number of cells',
  ],
  [
    'a data table has a plain header',
    inRows([cell()], [paragraph()]),
    inRows([paragraph()], [cell()]),
    '/rows/0/0/type',
    'unsupported type: rich_text',
  ],
  ...between('a page of a data table', [1, 100], (size) => dataTable({ page_size: size }), '/page_size'),
  [
    'a data table is known by one of its columns',
    dataTable({ row_header_column_index: 0 }),
    dataTable({ row_header_column_index: 1 }),
    '/row_header_column_index',
    'must be less than 1',
  ],
];

describe('a rule of Slack’s plans and tables', () => {
  it.each(rows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([inside], knowsAll)).toEqual([]);
    expect(blockErrors([outside], knowsAll)).toEqual([`${message} [json-pointer:/blocks/0${at}]`]);
  });
});
