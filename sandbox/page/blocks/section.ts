import { element } from '../dom/element.ts';
import { drawInteractive, placeAlone } from '../elements/interactive.ts';
import type { Json } from '../json.ts';
import { asObjects, asText, isObject } from '../json.ts';
import { drawText } from '../text/draw-text.ts';
import type { BlockContext } from './context.ts';
import { drawImage } from './image.ts';

export function drawSection(block: Json, context: BlockContext): HTMLElement {
  const fields = asObjects(block.fields).map((field) =>
    element('div', { class: 'section-field' }, drawText(field, context)),
  );
  const text = block.text === undefined ? [] : drawText(block.text, context);
  const content = element('div', { class: 'section-content' }, [
    ...text,
    fields.length > 0 ? element('div', { class: 'section-fields' }, fields) : undefined,
  ]);
  const accessory = isObject(block.accessory)
    ? drawAccessory(block.accessory, asText(block.block_id), context)
    : undefined;
  return element('div', { class: 'section-block' }, [content, accessory]);
}

function drawAccessory(accessory: Json, blockId: string, context: BlockContext): HTMLElement {
  const drawn =
    accessory.type === 'image'
      ? drawImage(accessory)
      : drawInteractive(accessory, placeAlone(accessory, blockId, context), context);
  return element('div', { class: 'section-accessory' }, [drawn]);
}
