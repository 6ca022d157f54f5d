import type { FormValues } from '../api.ts';
import type { Attributes, Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText } from '../json.ts';
import { chosenOptions } from './chosen-options.ts';

/** Where an element stands: in an input block, or alone in an actions block or as an accessory. */
export type ElementPlace = {
  /** Id of the form control, unique in the page. */
  id: string;
  blockId: string;
  /** True when every change is sent at once, as outside of input blocks. */
  reportsChanges: boolean;
  isRequired: boolean;
  /** Ids of the elements that name and explain the control, for assistive technology. */
  labelledBy: string | undefined;
  describedBy: string | undefined;
};

/** How the value of a control is read from the page: see `controlValue`. */
export type ControlKind = 'text' | 'one' | 'many' | 'moment' | 'rich-text' | 'suggestion' | 'suggestions';

export function drawControl(
  kind: ControlKind,
  source: Json,
  place: ElementPlace,
  children: readonly Child[],
): HTMLElement {
  const actionId = asText(source.action_id);
  const attributes = {
    class: `control control-${kind}`,
    'data-control': kind,
    'data-block': place.blockId,
    'data-action': actionId,
    // A view that keeps block_id and action_id keeps what was typed, as Slack does; otherwise it starts afresh.
    'data-key': `${place.blockId}/${actionId}/${asText(source.type)}`,
  };
  return element('div', attributes, children);
}

/** The attributes that tie a form control to its label, hint and error. */
export function accessibleAttributes(place: ElementPlace, fallbackLabel: string | undefined): Attributes {
  return {
    id: place.id,
    'aria-labelledby': place.labelledBy,
    'aria-label': place.labelledBy === undefined ? fallbackLabel : undefined,
    'aria-describedby': place.describedBy,
    'aria-required': place.isRequired ? 'true' : undefined,
  };
}

/**
 * The value as the control API takes it: a text, a number of seconds for a moment, a list for many, whole options and
 * rich text as Slack has them; null if empty.
 */
export function controlValue(control: Element): unknown {
  const kind = control.getAttribute('data-control');
  if (kind === 'many') return checkedValues(control);
  if (kind === 'one') return selectedValue(control) ?? checkedValues(control)[0] ?? null;
  if (kind === 'moment') return secondsOf(typedValue(control));
  if (kind === 'suggestions') return chosenOptions(control);
  if (kind === 'suggestion') return chosenOptions(control)[0] ?? null;
  if (kind === 'rich-text') return richTextOf(typedValue(control));
  return typedValue(control) || null;
}

export function isEmptyValue(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Every control of a modal by block and action, as a submission sends them. */
export function formValues(form: Element): FormValues {
  const values: FormValues = {};
  for (const control of form.querySelectorAll('[data-control]')) {
    const block = control.getAttribute('data-block') ?? '';
    const action = control.getAttribute('data-action') ?? '';
    values[block] = { ...values[block], [action]: controlValue(control) };
  }
  return values;
}

function typedValue(control: Element): string {
  const field = control.querySelector('input, textarea');
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '';
}

function selectedValue(control: Element): string | undefined {
  const select = control.querySelector('select');
  return select === null || select.value === '' ? undefined : select.value;
}

function checkedValues(control: Element): string[] {
  const boxes = [...control.querySelectorAll('input')];
  return boxes.filter((box) => box.checked).map((box) => box.value);
}

function richTextOf(text: string): unknown {
  if (text.trim() === '') return null;
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}

function secondsOf(localDateTime: string): number | null {
  const milliseconds = new Date(localDateTime).getTime();
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
