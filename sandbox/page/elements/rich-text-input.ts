import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asNumber, asObject, asObjects, asText, textOrNothing } from '../json.ts';
import { textOf } from '../text/draw-text.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';

const USUAL_LINES = 4;

/** A field for formatted text, here without its formatting: what is typed is sent as one plain rich_text section. */
export function drawRichTextInput(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const placeholder = textOrNothing(textOf(source.placeholder));
  const field = element(
    'textarea',
    {
      class: 'field',
      placeholder,
      rows: asNumber(source.min_lines) || USUAL_LINES,
      ...accessibleAttributes(place, placeholder),
    },
    [plainWords(asObject(source.initial_value))],
  );
  reportChange(field, 'change', { source, place, context });
  return drawControl('rich-text', source, place, [field]);
}

function plainWords(part: Json): string {
  const inner = asObjects(part.elements).map(plainWords);
  return (
    asText(part.text) + inner.join(part.type === 'rich_text' || part.type === 'rich_text_list' ? '\n' : '')
  );
}
