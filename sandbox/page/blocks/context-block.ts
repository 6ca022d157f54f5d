import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asObjects } from '../json.ts';
import { drawText } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';
import { drawImage } from './image.ts';

export function drawContextBlock(block: Json, context: BlockContext): HTMLElement {
  const items = asObjects(block.elements).map((item) => {
    const content = item.type === 'image' ? [drawImage(item)] : drawText(item, context);
    return element('div', { class: 'context-item' }, content);
  });
  return element('div', { class: 'context-block' }, items);
}
