import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import type { Json } from '../json.ts';
import { asObjects, asText } from '../json.ts';
import { textOf } from '../text/draw-text.ts';

export type OptionGroup = { label: string; options: Json[] };

/** The app answers with options or with groups of them. */
export function readOptionGroups(answer: Json): OptionGroup[] {
  const groups = asObjects(answer.option_groups).map((group) => ({
    label: textOf(group.label),
    options: asObjects(group.options),
  }));
  return groups.length > 0 ? groups : [{ label: '', options: asObjects(answer.options) }];
}

export function drawOptionGroups(
  groups: readonly OptionGroup[],
  choose: (option: Json, button: HTMLElement) => void,
): HTMLElement[] {
  return groups.flatMap(({ label, options }) => {
    const buttons = options.map((option) => {
      const description = textOf(option.description);
      const button = element('button', { class: 'menu-item offered-option', type: 'button' }, [
        textOf(option.text) || asText(option.value),
        description === '' ? undefined : element('small', {}, [description]),
      ]);
      on(button, 'click', (event) => choose(option, targetOf(event)));
      return button;
    });
    return label === '' ? buttons : [element('div', { class: 'many-group' }, [label]), ...buttons];
  });
}
