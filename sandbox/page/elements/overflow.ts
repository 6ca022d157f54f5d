import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { isKey, on, targetOf } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Json } from '../json.ts';
import { asObjects, asText, isObject } from '../json.ts';
import { inBackground } from '../panes/notices.ts';
import { drawPlain } from '../text/draw-text.ts';
import { isSafeUrl } from '../text/inline.ts';
import type { ElementPlace } from './control.ts';

/** The "⋯" menu: arrow keys move in it, Escape closes it and returns to its button. */
export function drawOverflow(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const toggle = element(
    'button',
    {
      class: 'button button-plain overflow-toggle',
      type: 'button',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': 'More actions',
    },
    [icon('more')],
  );
  const items = asObjects(source.options).map((option) => drawItem(option, { source, place, context }));
  const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': 'More actions' }, items);
  const wrapper = element(
    'div',
    { class: 'overflow', 'data-key': `${place.blockId}/${asText(source.action_id)}` },
    [toggle, menu],
  );
  on(toggle, 'click', (event) => {
    const isOpen = targetOf(event).getAttribute('aria-expanded') === 'true';
    setOpen(targetOf(event).parentElement, !isOpen);
  });
  on(wrapper, 'keydown', (event) => moveInMenu(targetOf(event), event));
  on(wrapper, 'focusout', (event) => {
    const goesTo = event instanceof FocusEvent ? event.relatedTarget : null;
    if (!(goesTo instanceof Node) || !targetOf(event).contains(goesTo)) setOpen(targetOf(event), false);
  });
  return wrapper;
}

function drawItem(
  option: Json,
  { source, place, context }: { source: Json; place: ElementPlace; context: BlockContext },
): HTMLElement {
  const url = asText(option.url);
  const attributes = { class: 'menu-item', role: 'menuitem', tabindex: -1 };
  const label = drawPlain(option.text, context);
  const item = isSafeUrl(url)
    ? element('a', { ...attributes, href: url, target: '_blank', rel: 'noopener noreferrer' }, label)
    : element('button', { ...attributes, type: 'button' }, label);
  on(item, 'click', (event) => {
    const wrapper = targetOf(event).closest('.overflow');
    setOpen(wrapper, false);
    focusToggle(wrapper);
    const action = {
      actionId: asText(source.action_id),
      blockId: place.blockId,
      value: option.value,
      confirm: isObject(source.confirm) ? source.confirm : undefined,
    };
    inBackground(context.act(action));
  });
  return item;
}

function setOpen(wrapper: Element | null, isOpen: boolean): void {
  wrapper?.querySelector('.overflow-toggle')?.setAttribute('aria-expanded', String(isOpen));
  const first = wrapper?.querySelector('.menu-item');
  if (isOpen && first instanceof HTMLElement) first.focus();
}

function focusToggle(wrapper: Element | null): void {
  const toggle = wrapper?.querySelector('.overflow-toggle');
  if (toggle instanceof HTMLElement) toggle.focus();
}

function moveInMenu(wrapper: HTMLElement, event: Event): void {
  if (isKey(event, 'Escape') && wrapper.querySelector('[aria-expanded="true"]') !== null) {
    event.stopPropagation();
    event.preventDefault();
    setOpen(wrapper, false);
    focusToggle(wrapper);
    return;
  }
  if (!isKey(event, 'ArrowDown', 'ArrowUp')) return;
  event.preventDefault();
  const items = [...wrapper.querySelectorAll('.menu-item')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const next = items.at((at + (isKey(event, 'ArrowDown') ? 1 : -1)) % items.length);
  if (next instanceof HTMLElement) next.focus();
}
