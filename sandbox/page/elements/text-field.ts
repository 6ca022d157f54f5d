import type { BlockContext } from '../blocks/context.ts';
import type { Attributes } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText, textOrNothing } from '../json.ts';
import { textOf } from '../text/draw-text.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';

/** One line or several of typed text, a number, an e-mail address or a URL. */
export function drawTextField(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const placeholder = textOrNothing(textOf(source.placeholder));
  const attributes = {
    class: 'field',
    placeholder,
    maxlength: typeof source.max_length === 'number' ? source.max_length : undefined,
    autocomplete: 'off',
    ...accessibleAttributes(place, placeholder),
  };
  const initial = asText(source.initial_value);
  const field =
    source.multiline === true
      ? element('textarea', { ...attributes, rows: 4 }, [initial])
      : element('input', { ...attributes, ...kindAttributes(source), value: initial });
  reportChange(field, 'change', { source, place, context });
  return drawControl('text', source, place, [field]);
}

function kindAttributes(source: Json): Attributes {
  switch (source.type) {
    case 'number_input':
      return {
        type: 'number',
        step: source.is_decimal_allowed === true ? 'any' : 1,
        min: textOrNothing(source.min_value),
        max: textOrNothing(source.max_value),
      };
    case 'email_text_input':
      return { type: 'email' };
    case 'url_text_input':
      return { type: 'url' };
    default:
      return { type: 'text' };
  }
}
