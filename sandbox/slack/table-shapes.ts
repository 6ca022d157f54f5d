import { block } from './block-shape.ts';
import { isObject } from './json.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text-shapes.ts';
import { bool, integer, list, number, object, oneOf, type Rule, text, typed } from './shape.ts';

const cell = typed(() => ({
  raw_text: object({ type: oneOf('raw_text'), text: text() }),
  raw_number: object({ type: oneOf('raw_number'), value: number, text: text() }),
  rich_text: richText,
}));

export const table = block(
  'table',
  { rows: list(list(cell, { min: 1, max: LIMITS.tableCells }), { min: 1, max: LIMITS.tableRows }) },
  {
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: bool }), {
      max: LIMITS.tableCells,
    }),
  },
);

const evenRows: Rule = ({ rows }) => {
  const cells = rowsOf(rows);
  const uneven = cells.findIndex((row) => row.length !== cells[0]?.length);
  return uneven < 0
    ? undefined
    : { message: 'all rows must have the same number of cells', at: `rows/${uneven}` };
};

/** The first row names the columns, which people sort by. */
const plainHeader: Rule = ({ rows }) => {
  const [header = []] = rowsOf(rows);
  const rich = header.findIndex((one) => isObject(one) && one.type === 'rich_text');
  return rich < 0 ? undefined : { message: 'unsupported type: rich_text', at: `rows/0/${rich}/type` };
};

const knownColumn: Rule = ({ rows, row_header_column_index: column }) => {
  const [header = []] = rowsOf(rows);
  if (typeof column !== 'number' || column < header.length) return undefined;
  return { message: `must be less than ${header.length}`, at: 'row_header_column_index' };
};

function rowsOf(rows: unknown): unknown[][] {
  return Array.isArray(rows) ? rows.filter((row) => Array.isArray(row)) : [];
}

export const dataTable = block(
  'data_table',
  {
    caption: text(),
    rows: list(list(cell, { min: 1, max: LIMITS.dataTableCells }), { min: 2, max: LIMITS.dataTableRows }),
  },
  {
    page_size: integer({ min: 1, max: LIMITS.dataTablePage }),
    row_header_column_index: integer({ min: 0 }),
  },
  (value) => evenRows(value) ?? plainHeader(value) ?? knownColumn(value),
);
