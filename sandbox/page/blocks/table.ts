import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asObjects, asText } from '../json.ts';
import type { BlockContext } from './context.ts';
import { drawRichText } from './rich-text.ts';

/** The first row is the head, as Slack shows it. Wide tables scroll inside their own frame. */
export function drawTable(block: Json, context: BlockContext): HTMLElement {
  const columns = Array.isArray(block.column_settings) ? block.column_settings : [];
  const alignments = columns.map((column: unknown) => asText(asObjects([column])[0]?.align));
  const rows = Array.isArray(block.rows) ? block.rows.map((row: unknown) => asObjects(row)) : [];
  const drawn = rows.map((row, rowIndex) => {
    const cells = row.map((cell, column) => {
      const attributes = {
        class: `align-${alignments[column] || 'left'}`,
        scope: rowIndex === 0 ? 'col' : undefined,
      };
      return element(rowIndex === 0 ? 'th' : 'td', attributes, [drawCell(cell, context)]);
    });
    return element('tr', {}, cells);
  });
  const table = element('table', {}, [
    element('thead', {}, drawn.slice(0, 1)),
    element('tbody', {}, drawn.slice(1)),
  ]);
  return element('div', { class: 'table-block', tabindex: 0, role: 'region', 'aria-label': 'Table' }, [
    table,
  ]);
}

function drawCell(cell: Json, context: BlockContext): Node | string {
  if (cell.type === 'rich_text') return drawRichText(cell, context);
  const value = cell.value;
  return asText(cell.text) || (typeof value === 'number' ? String(value) : '');
}
