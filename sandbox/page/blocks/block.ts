import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText } from '../json.ts';
import { drawMarkdown } from '../text/draw-markdown.ts';
import { drawPlain, textOf } from '../text/draw-text.ts';
import { drawActions } from './actions.ts';
import { drawAlert } from './alert.ts';
import { drawCard } from './card.ts';
import { drawCarousel } from './carousel.ts';
import { drawContainer } from './container.ts';
import type { BlockContext } from './context.ts';
import { drawContextActions } from './context-actions.ts';
import { drawContextBlock } from './context-block.ts';
import { drawDataTable } from './data-table.ts';
import { drawImageBlock } from './image.ts';
import { drawInput } from './input.ts';
import { drawPlaceholder } from './placeholder.ts';
import { drawPlan, drawTaskCard } from './plan.ts';
import { drawRichText } from './rich-text.ts';
import { drawSection } from './section.ts';
import { drawTable } from './table.ts';

/** Draws Block Kit. A block of a type that this page does not know becomes a visible line, never nothing. */
export function drawBlocks(blocks: readonly Json[], context: BlockContext): HTMLElement[] {
  return blocks.map((block, index) => {
    const drawn = drawBlock(block, context);
    drawn.classList.add('block');
    // By place and type, not by block_id: Forge may give a block a new id each time it edits the message.
    drawn.setAttribute('data-key', `${index}/${asText(block.type)}`);
    return drawn;
  });
}

function drawBlock(block: Json, context: BlockContext): HTMLElement {
  switch (block.type) {
    case 'section':
      return drawSection(block, context);
    case 'header':
      return element('h3', { class: 'header-block' }, drawPlain(block.text, context));
    case 'context':
      return drawContextBlock(block, context);
    case 'actions':
      return drawActions(block, context);
    case 'input':
      return drawInput(block, context);
    case 'divider':
      return element('hr');
    case 'image':
      return drawImageBlock(block, context);
    case 'rich_text':
      return drawRichText(block, context);
    case 'markdown':
      return drawMarkdown(asText(block.text), context);
    case 'table':
      return drawTable(block, context);
    case 'plan':
      return drawPlan(block, context);
    case 'task_card':
      return drawTaskCard(block, context);
    case 'container':
      return drawContainer(block, context, drawBlocks);
    case 'alert':
      return drawAlert(block, context);
    case 'card':
      return drawCard(block, context);
    case 'carousel':
      return drawCarousel(block, context);
    case 'data_table':
      return drawDataTable(block, context);
    case 'context_actions':
      return drawContextActions(block, context);
    case 'video':
      return drawPlaceholder('play', `Video: ${textOf(block.title) || asText(block.alt_text)}`);
    case 'data_visualization':
      return drawPlaceholder('chart', `Chart: ${asText(block.title)}`);
    default:
      return element('div', { class: 'unsupported' }, [
        `unsupported block: ${asText(block.type) || 'no type'}`,
      ]);
  }
}
