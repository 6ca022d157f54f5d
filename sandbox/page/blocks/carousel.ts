import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asObjects } from '../json.ts';
import { drawCard } from './card.ts';
import type { BlockContext } from './context.ts';

/** Cards side by side, to be scrolled by hand or, once focused, with the arrow keys. */
export function drawCarousel(block: Json, context: BlockContext): HTMLElement {
  const cards = asObjects(block.elements);
  const items = cards.map((card, index) =>
    element('li', { 'data-key': index, 'aria-label': `${index + 1} of ${cards.length}` }, [
      drawCard(card, context),
    ]),
  );
  const attributes = { class: 'carousel-block', tabindex: 0, role: 'region', 'aria-label': 'Cards' };
  return element('div', attributes, [element('ul', {}, items)]);
}
