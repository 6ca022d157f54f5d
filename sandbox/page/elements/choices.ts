import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asObjects, asText } from '../json.ts';
import { drawText } from '../text/draw-text.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';
import { initialValues } from './select.ts';

/** Check boxes or radio buttons, whose options may be formatted. */
export function drawChoices(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const isMany = source.type === 'checkboxes';
  const initial = new Set(initialValues(source));
  const options = asObjects(source.options).map((option) => {
    const value = asText(option.value);
    const input = element('input', {
      type: isMany ? 'checkbox' : 'radio',
      name: place.id,
      value,
      checked: initial.has(value),
    });
    return element('label', { class: 'choice' }, [input, drawOptionText(option, context)]);
  });
  const role = isMany ? 'group' : 'radiogroup';
  const group = element(
    'div',
    { class: 'choices', role, ...accessibleAttributes(place, undefined) },
    options,
  );
  reportChange(group, 'change', { source, place, context });
  return drawControl(isMany ? 'many' : 'one', source, place, [group]);
}

function drawOptionText(option: Json, context: BlockContext): HTMLElement {
  const hasDescription = option.description !== undefined;
  return element('span', { class: 'choice-text' }, [
    ...drawText(option.text, context),
    hasDescription ? element('small', {}, drawText(option.description, context)) : undefined,
  ]);
}
