import { element } from '../dom/element.ts';
import { drawInteractive, placeAlone } from '../elements/interactive.ts';
import type { Json } from '../json.ts';
import { asObjects, asText } from '../json.ts';
import type { BlockContext } from './context.ts';

export function drawActions(block: Json, context: BlockContext): HTMLElement {
  const blockId = asText(block.block_id);
  const elements = asObjects(block.elements).map((source) =>
    drawInteractive(source, placeAlone(source, blockId, context), context),
  );
  return element('div', { class: 'actions-block' }, elements);
}
