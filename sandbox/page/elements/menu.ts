import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import { isKey, on, targetOf } from '../dom/events.ts';
import type { IconName } from '../dom/icon.ts';
import { icon } from '../dom/icon.ts';

export type MenuItem = {
  label: readonly Child[];
  /** Makes the item a link that also does what it does. */
  url: string | undefined;
  choose(): void;
};

/** A button that opens a list of things to do: arrow keys move in it, Escape closes it and returns to its button. */
export function drawMenu(menu: {
  key: string;
  label: string;
  mark: IconName;
  buttonClass: string;
  items: readonly MenuItem[];
}): HTMLElement {
  const toggle = element(
    'button',
    {
      class: `${menu.buttonClass} menu-toggle`,
      type: 'button',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': menu.label,
    },
    [icon(menu.mark)],
  );
  const list = element(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': menu.label },
    menu.items.map(drawItem),
  );
  const wrapper = element('div', { class: 'with-menu', 'data-key': menu.key }, [toggle, list]);
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

function drawItem({ label, url, choose }: MenuItem): HTMLElement {
  const attributes = { class: 'menu-item', role: 'menuitem', tabindex: -1 };
  const item =
    url === undefined
      ? element('button', { ...attributes, type: 'button' }, label)
      : element('a', { ...attributes, href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
  on(item, 'click', (event) => {
    const wrapper = targetOf(event).closest('.with-menu');
    setOpen(wrapper, false);
    focusToggle(wrapper);
    choose();
  });
  return item;
}

function setOpen(wrapper: Element | null, isOpen: boolean): void {
  wrapper?.querySelector('.menu-toggle')?.setAttribute('aria-expanded', String(isOpen));
  const first = wrapper?.querySelector('.menu-item');
  if (isOpen && first instanceof HTMLElement) first.focus();
}

function focusToggle(wrapper: Element | null): void {
  const toggle = wrapper?.querySelector('.menu-toggle');
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
