import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { drawButton } from '../elements/button.ts';
import { placeAlone } from '../elements/interactive.ts';
import type { Json } from '../json.ts';
import { asObject, asObjects, asText, asTexts } from '../json.ts';
import { drawPlain, textOf } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';

/** Small buttons below a message: a picture with a meaning, or two opinions about it. */
export function drawContextActions(block: Json, context: BlockContext): HTMLElement {
  const blockId = asText(block.block_id);
  const elements = asObjects(block.elements)
    .filter((source) => isVisible(source, context))
    .flatMap((source) =>
      source.type === 'feedback_buttons'
        ? drawOpinions(source, context)
        : [drawIconButton(source, blockId, context)],
    );
  return element('div', { class: 'actions-block context-actions' }, elements);
}

function isVisible({ visible_to_user_ids: ids }: Json, { me }: BlockContext): boolean {
  return !Array.isArray(ids) || asTexts(ids).includes(me);
}

function drawIconButton(source: Json, blockId: string, context: BlockContext): HTMLElement {
  const named = { ...source, accessibility_label: asText(source.accessibility_label) || textOf(source.text) };
  const button = drawButton(named, placeAlone(source, blockId, context), context);
  button.replaceChildren(icon('trash'));
  return button;
}

// The sandbox takes no opinions (README, "Menus"), so nobody is led to believe that theirs was heard.
function drawOpinions(source: Json, context: BlockContext): HTMLElement[] {
  return ['positive_button', 'negative_button'].map((name) => {
    const opinion = asObject(source[name]);
    const attributes = { class: 'button button-plain', type: 'button', disabled: true, title: 'Shown only' };
    return element('button', attributes, drawPlain(opinion.text, context));
  });
}
