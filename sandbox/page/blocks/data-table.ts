import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import { morph } from '../dom/morph.ts';
import type { Json } from '../json.ts';
import { asNumber, asObjects, asText } from '../json.ts';
import type { BlockContext } from './context.ts';
import type { TableView } from './data-table-rows.ts';
import { arrangedRows, cellText } from './data-table-rows.ts';
import { drawRichText } from './rich-text.ts';

const USUAL_PAGE = 10;

/** How a person has arranged each table, by message and caption: an edit of the message leaves it as it is. */
const views = new Map<string, TableView>();

/** A table with a caption that people sort by its columns and leaf through. */
export function drawDataTable(block: Json, context: BlockContext): HTMLElement {
  const caption = asText(block.caption);
  const key = `${context.scope}/${caption}`;
  const [head = [], ...body] = Array.isArray(block.rows)
    ? block.rows.map((row: unknown) => asObjects(row))
    : [];
  const size = asNumber(block.page_size) || USUAL_PAGE;
  const view = views.get(key) ?? { column: undefined, isDescending: false, page: 0 };
  const { rows, page, pages } = arrangedRows(body, view, size);
  const arrange = (inside: Element, change: Partial<TableView>): void => {
    views.set(key, { ...view, page, ...change });
    const own = inside.closest('.data-table');
    if (own !== null) morphInPlace(own, drawDataTable(block, context));
  };
  const headings = head.map((cell, column) => {
    const isNumber = body[0]?.[column]?.type === 'raw_number';
    return drawHeading(cellText(cell), column, { view, isNumber, arrange });
  });
  const header = asNumber(block.row_header_column_index);
  const drawn = rows.map((row) =>
    element(
      'tr',
      {},
      row.map((cell, column) => drawCell(cell, column === header, context)),
    ),
  );
  return element('figure', { class: 'data-table' }, [
    element('figcaption', {}, [caption]),
    element('div', { class: 'table-block', tabindex: 0, role: 'region', 'aria-label': caption }, [
      element('table', {}, [
        element('thead', {}, [element('tr', {}, headings)]),
        element('tbody', {}, drawn),
      ]),
    ]),
    pages > 1 ? drawPages({ page, pages, arrange }) : undefined,
  ]);
}

type Arrange = (inside: Element, change: Partial<TableView>) => void;

function drawHeading(
  title: string,
  column: number,
  { view, isNumber, arrange }: { view: TableView; isNumber: boolean; arrange: Arrange },
): HTMLElement {
  const isSorted = view.column === column;
  const direction = view.isDescending ? 'descending' : 'ascending';
  const button = element('button', { class: 'table-sort', type: 'button' }, [
    title,
    isSorted ? icon(view.isDescending ? 'down' : 'up') : undefined,
  ]);
  on(button, 'click', (event) =>
    arrange(targetOf(event), { column, isDescending: isSorted && !view.isDescending, page: 0 }),
  );
  const attributes = {
    scope: 'col',
    class: isNumber ? 'align-right' : undefined,
    'aria-sort': isSorted ? direction : undefined,
  };
  return element('th', attributes, [button]);
}

function drawCell(cell: Json, isHeader: boolean, context: BlockContext): HTMLElement {
  const content = cell.type === 'rich_text' ? drawRichText(cell, context) : cellText(cell);
  if (isHeader) return element('th', { scope: 'row' }, [content]);
  return element('td', { class: cell.type === 'raw_number' ? 'align-right' : undefined }, [content]);
}

function drawPages({ page, pages, arrange }: { page: number; pages: number; arrange: Arrange }): HTMLElement {
  const turn = (label: string, to: number): HTMLElement => {
    const isPossible = to >= 0 && to < pages;
    const attributes = { class: 'button button-plain', type: 'button', disabled: !isPossible };
    const button = element('button', attributes, [label]);
    on(button, 'click', (event) => arrange(targetOf(event), { page: to }));
    return button;
  };
  return element('div', { class: 'table-pages' }, [
    turn('Previous', page - 1),
    element('span', { role: 'status' }, [`Page ${page + 1} of ${pages}`]),
    turn('Next', page + 1),
  ]);
}

// The figure in the page carries what its surroundings gave it: its place in the message and its class as a block.
function morphInPlace(own: Element, fresh: Element): void {
  fresh.className = own.className;
  const place = own.getAttribute('data-key');
  if (place !== null) fresh.setAttribute('data-key', place);
  morph(own, fresh);
}
