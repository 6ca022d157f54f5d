import type { Json } from '../json.ts';
import { asObjects, asText } from '../json.ts';

/** How a person has arranged a table; `column` is undefined while the rows stand as Forge sent them. */
export type TableView = { column: number | undefined; isDescending: boolean; page: number };

/** The rows of one page. Numbers are sorted as numbers, everything else as text. */
export function arrangedRows(
  rows: readonly Json[][],
  view: TableView,
  pageSize: number,
): { rows: Json[][]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(view.page, pages - 1);
  const { column } = view;
  const sorted =
    column === undefined ? [...rows] : rows.toSorted((left, right) => compare(left[column], right[column]));
  if (view.isDescending) sorted.reverse();
  return { rows: sorted.slice(page * pageSize, (page + 1) * pageSize), page, pages };
}

export function cellText(cell: Json): string {
  if (cell.type === 'rich_text') return richTextWords(cell);
  return asText(cell.text) || (typeof cell.value === 'number' ? String(cell.value) : '');
}

function compare(left: Json = {}, right: Json = {}): number {
  if (typeof left.value === 'number' && typeof right.value === 'number') return left.value - right.value;
  return cellText(left).localeCompare(cellText(right), 'en', { numeric: true });
}

function richTextWords(part: Json): string {
  const own = asText(part.text);
  return own + asObjects(part.elements).map(richTextWords).join('');
}
