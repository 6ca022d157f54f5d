import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asObjects, isObject } from '../json.ts';
import { drawPlain, drawText } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';
import { drawRichText } from './rich-text.ts';

type DrawBlocks = (blocks: readonly Json[], context: BlockContext) => HTMLElement[];

/** A framed group of blocks. It is handed `drawBlocks`, which knows this block too. */
export function drawContainer(block: Json, context: BlockContext, drawBlocks: DrawBlocks): HTMLElement {
  const head = drawHead(block, context);
  const body = element(
    'div',
    { class: 'container-body' },
    drawBlocks(asObjects(block.child_blocks), context),
  );
  if (block.is_collapsible !== true) return element('section', { class: 'container-block' }, [head, body]);
  const summary = element('summary', {}, [head, icon('fold')]);
  const isOpen = block.default_collapsed !== true;
  return element('details', { class: 'container-block', open: isOpen }, [summary, body]);
}

function drawHead(block: Json, context: BlockContext): HTMLElement {
  const title = isObject(block.rich_text_title)
    ? [drawRichText(block.rich_text_title, context)]
    : drawPlain(block.title, context);
  const subtitle = block.subtitle === undefined ? undefined : drawText(block.subtitle, context);
  return element('div', { class: 'container-head' }, [
    element('strong', {}, title),
    subtitle && element('small', {}, subtitle),
  ]);
}
