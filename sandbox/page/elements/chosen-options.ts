import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asObject, asText } from '../json.ts';
import { textOf } from '../text/draw-text.ts';

/** Whole options, as the app made them up: a choice is sent back with its text. */
export function chosenOptions(control: Element): Json[] {
  const boxes = [...control.querySelectorAll('[data-option]')];
  return boxes.map((box) => asObject(JSON.parse(box.getAttribute('data-option') ?? '{}')));
}

export function showChosen(holder: Element, options: readonly Json[]): void {
  holder.replaceChildren(...options.map(drawChosen));
}

function drawChosen(option: Json): HTMLElement {
  const label = textOf(option.text) || asText(option.value);
  const attributes = { class: 'chosen-end', type: 'button', 'aria-label': `Remove ${label}` };
  const remove = element('button', attributes, [icon('close')]);
  const chosen = element('span', { class: 'chosen-option', 'data-option': JSON.stringify(option) }, [
    label,
    remove,
  ]);
  on(remove, 'click', () => {
    const control = chosen.closest('[data-control]');
    chosen.remove();
    control?.dispatchEvent(new Event('change'));
  });
  return chosen;
}
