import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asNumber } from '../json.ts';
import { textOf } from '../text/draw-text.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';
import type { SelectGroup } from './select.ts';
import { initialValues, selectGroups } from './select.ts';

/** A drop-down for several choices: a panel of check boxes whose head says what is chosen. */
export function drawMultiSelect(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const groups = selectGroups(source, context);
  const initial = new Set(initialValues(source));
  const placeholder = textOf(source.placeholder) || 'Choose options';
  const summary = element('summary', { class: 'field', ...accessibleAttributes(place, undefined) }, [
    element('span', { class: 'chosen', 'data-local': true }, [chosenLabels(groups, initial) || placeholder]),
    icon('fold'),
  ]);
  const options = groups.flatMap((group) => drawGroup(group, initial));
  const panel = element('div', { class: 'many-panel', role: 'group', 'aria-label': placeholder }, options);
  const details = element('details', { class: 'many' }, [summary, panel]);
  on(panel, 'change', (event) => {
    showChosen(targetOf(event), { placeholder, limit: asNumber(source.max_selected_items) });
  });
  reportChange(details, 'change', { source, place, context });
  return drawControl('many', source, place, [details]);
}

function drawGroup(group: SelectGroup, initial: ReadonlySet<string>): HTMLElement[] {
  const heading = group.label === undefined ? [] : [element('div', { class: 'many-group' }, [group.label])];
  const rows = group.options.map(({ value, label, description }) =>
    element('label', { class: 'choice' }, [
      element('input', { type: 'checkbox', value, checked: initial.has(value), 'data-label': label }),
      element('span', { class: 'choice-text' }, [
        label,
        description === '' ? undefined : element('small', {}, [description]),
      ]),
    ]),
  );
  return [...heading, ...rows];
}

function chosenLabels(groups: readonly SelectGroup[], chosen: ReadonlySet<string>): string {
  const options = groups.flatMap((group) => group.options);
  return options
    .filter(({ value }) => chosen.has(value))
    .map(({ label }) => label)
    .join(', ');
}

function showChosen(
  panel: HTMLElement,
  { placeholder, limit }: { placeholder: string; limit: number },
): void {
  const boxes = [...panel.querySelectorAll('input')];
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.disabled = limit > 0 && chosen.length >= limit && !box.checked;
  const head = panel.parentElement?.querySelector('.chosen');
  if (head) head.textContent = chosen.map((box) => box.dataset.label).join(', ') || placeholder;
}
