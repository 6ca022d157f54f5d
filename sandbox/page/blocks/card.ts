import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText, isObject } from '../json.ts';
import { drawText } from '../text/draw-text.ts';
import { drawActions } from './actions.ts';
import type { BlockContext } from './context.ts';
import { drawImage } from './image.ts';

export function drawCard(block: Json, context: BlockContext): HTMLElement {
  const lines = ['title', 'subtitle', 'body', 'subtext']
    .filter((name) => block[name] !== undefined)
    .map((name) => element('div', { class: `card-${name}` }, drawText(block[name], context)));
  const hasActions = Array.isArray(block.actions) && block.actions.length > 0;
  const actions = { block_id: asText(block.block_id), elements: block.actions };
  return element('div', { class: 'card-block' }, [
    isObject(block.hero_image) ? drawImage(block.hero_image) : undefined,
    isObject(block.icon) ? drawImage(block.icon) : undefined,
    ...lines,
    hasActions ? drawActions(actions, context) : undefined,
  ]);
}
