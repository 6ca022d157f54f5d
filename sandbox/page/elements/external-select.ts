import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import type { Json } from '../json.ts';
import { asNumber, asObject, asObjects, asText } from '../json.ts';
import { inBackground } from '../panes/notices.ts';
import { textOf } from '../text/draw-text.ts';
import { chosenOptions, showChosen } from './chosen-options.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';
import { drawOptionGroups } from './suggested-options.ts';

const USUAL_LEAST = 3;
const TYPING_MS = 250;

type Menu = { source: Json; place: ElementPlace; context: BlockContext };

const typing = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** A menu whose options Forge makes up while the person types; it holds one choice or several. */
export function drawExternalSelect(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const menu = { source, place, context };
  const field = drawField(menu);
  // The person's own: what was chosen and offered survives when Forge edits the view around it.
  const chosen = element('div', { class: 'chosen-options', 'data-local': true });
  const offered = element('div', { class: 'offered-options', 'data-local': true });
  const kind = isMany(source) ? 'suggestions' : 'suggestion';
  const control = drawControl(kind, source, place, [chosen, field, offered]);
  showChosen(chosen, initialOptions(source));
  reportChange(control, 'change', menu);
  return control;
}

function drawField(menu: Menu): HTMLInputElement {
  const placeholder = textOf(menu.source.placeholder) || 'Type to search';
  const field = element('input', {
    class: 'field',
    type: 'text',
    autocomplete: 'off',
    placeholder,
    ...accessibleAttributes(menu.place, placeholder),
  });
  on(field, 'input', (event) => searchSoon(targetOf(event), menu));
  // A half-typed search is no choice: only what is chosen below is told to Forge.
  on(field, 'change', (event) => event.stopPropagation());
  if (leastTyped(menu) === 0) on(field, 'focus', (event) => searchSoon(targetOf(event), menu));
  return field;
}

function searchSoon(field: HTMLElement, menu: Menu): void {
  clearTimeout(typing.get(field));
  typing.set(
    field,
    setTimeout(() => inBackground(search(field, menu)), TYPING_MS),
  );
}

async function search(field: HTMLElement, menu: Menu): Promise<void> {
  const list = field.parentElement?.querySelector('.offered-options');
  if (!(field instanceof HTMLInputElement) || !list) return;
  const typed = field.value;
  const nodes = typed.length < leastTyped(menu) ? tooShort(typed, menu) : await findOptions(typed, menu);
  // The answer to something else than what stands there now is of no use.
  if (field.value === typed) list.replaceChildren(...nodes);
}

function tooShort(typed: string, menu: Menu): HTMLElement[] {
  return typed === '' ? [] : [note(`Type at least ${leastTyped(menu)} characters.`)];
}

async function findOptions(typed: string, menu: Menu): Promise<HTMLElement[]> {
  const { source, place, context } = menu;
  const answer = await context.suggest({ actionId: asText(source.action_id), blockId: place.blockId, typed });
  if (answer.kind === 'failed') return [note(answer.reason)];
  const options = drawOptionGroups(answer.groups, (option, button) => choose(option, button, menu));
  return options.length === 0 ? [note('No results.')] : options;
}

function choose(option: Json, button: HTMLElement, { source }: Menu): void {
  const control = button.closest('[data-control]');
  const chosen = control?.querySelector('.chosen-options');
  const field = control?.querySelector('input.field');
  if (!control || !chosen || !(field instanceof HTMLInputElement)) return;
  const others = chosenOptions(control).filter(({ value }) => value !== option.value);
  const most = isMany(source) ? asNumber(source.max_selected_items) || Number.POSITIVE_INFINITY : 1;
  showChosen(chosen, [...others, option].slice(-most));
  field.value = '';
  field.focus();
  control.querySelector('.offered-options')?.replaceChildren();
  control.dispatchEvent(new Event('change'));
}

function isMany({ type }: Json): boolean {
  return type === 'multi_external_select';
}

function leastTyped({ source }: Menu): number {
  return typeof source.min_query_length === 'number' ? source.min_query_length : USUAL_LEAST;
}

function initialOptions(source: Json): Json[] {
  const all = [asObject(source.initial_option), ...asObjects(source.initial_options)];
  return all.filter(({ value }) => value !== undefined);
}

function note(words: string): HTMLElement {
  return element('p', { class: 'offered-words', role: 'status' }, [words]);
}
