import { describe, expect, it } from 'vitest';
import { arrangedRows, cellText } from '../../../sandbox/page/blocks/data-table-rows.ts';

const text = (words: string) => ({ type: 'raw_text', text: words });
const number = (value: number) => ({ type: 'raw_number', value, text: `${value} requests` });
const rows = [
  [text('v1.10.0'), number(9)],
  [text('v1.9.0'), number(110)],
  [text('v1.0.0'), number(20)],
];
const firstColumn = (arranged: { rows: Record<string, unknown>[][] }) =>
  arranged.rows.map(([cell]) => cell?.text);

describe('the rows of a data table', () => {
  it('stand as Forge sent them until somebody sorts them', () => {
    const arranged = arrangedRows(rows, { column: undefined, isDescending: false, page: 0 }, 10);

    expect(firstColumn(arranged)).toEqual(['v1.10.0', 'v1.9.0', 'v1.0.0']);
  });

  it('are sorted by number where the cells are numbers', () => {
    const arranged = arrangedRows(rows, { column: 1, isDescending: true, page: 0 }, 10);

    expect(firstColumn(arranged)).toEqual(['v1.9.0', 'v1.0.0', 'v1.10.0']);
  });

  it('come a page at a time', () => {
    const arranged = arrangedRows(rows, { column: 0, isDescending: false, page: 1 }, 2);

    expect(arranged).toMatchObject({ page: 1, pages: 2 });
    expect(firstColumn(arranged)).toEqual(['v1.10.0']);
  });

  it('show the last page when there are fewer pages than before', () => {
    expect(arrangedRows(rows, { column: undefined, isDescending: false, page: 7 }, 2).page).toBe(1);
  });
});

describe('the words of a cell', () => {
  it('are all the texts inside of rich text', () => {
    const section = { type: 'rich_text_section', elements: [text('a'), text('b')] };

    expect(cellText({ type: 'rich_text', elements: [section] })).toBe('ab');
  });
});
