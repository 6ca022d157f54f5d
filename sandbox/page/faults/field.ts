import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';

/** A field of a form with its name above it. */
export function labelled(label: string, field: Child): HTMLElement {
  return element('label', { class: 'fault-field' }, [element('span', {}, [label]), field]);
}

/** The part over the whole width of the form. */
export function wide<Part extends HTMLElement>(part: Part): Part {
  part.classList.add('fault-wide');
  return part;
}
