import { moveHandlers } from './events.ts';

/**
 * Makes `current` look like `next` by changing only what differs, so focus, typed text, open details and scroll
 * survive. Children are matched by `data-key` where they have one, otherwise by order and tag. Returns the element
 * that is now in the page: `next` itself when the two cannot be the same thing.
 */
export function morph(current: Element, next: Element): Element {
  if (current === next) return current;
  if (!isSameThing(current, next)) {
    current.replaceWith(next);
    return next;
  }
  const isSetAnew = current.getAttribute('data-value') !== next.getAttribute('data-value');
  copyAttributes(current, next);
  moveHandlers({ from: next, to: current });
  // Somebody else set the value: it replaces what the person sees, whatever they had before.
  if (isSetAnew && current instanceof HTMLInputElement) current.value = next.getAttribute('data-value') ?? '';
  // Words that the page itself keeps, such as the value beside a slider.
  if (current.hasAttribute('data-local') && !isSetAnew) return current;
  morphChildren(current, next);
  return current;
}

function morphChildren(current: Element, next: Element): void {
  const oldNodes = [...current.childNodes];
  const used = new Set<Node>();
  let cursor: ChildNode | null = current.firstChild;
  for (const fresh of [...next.childNodes]) {
    const match = oldNodes.find((old) => !used.has(old) && isSameThing(old, fresh));
    if (match === undefined) {
      current.insertBefore(fresh, cursor);
      continue;
    }
    used.add(match);
    if (match === cursor) cursor = cursor.nextSibling;
    else current.insertBefore(match, cursor);
    morphNode(match, fresh);
  }
  for (const old of oldNodes) if (!used.has(old)) old.remove();
}

function morphNode(current: Node, next: Node): void {
  if (current instanceof Element && next instanceof Element) morph(current, next);
  else if (current.nodeValue !== next.nodeValue) current.nodeValue = next.nodeValue;
}

function isSameThing(current: Node, next: Node): boolean {
  if (current.nodeName !== next.nodeName) return false;
  if (!(current instanceof Element) || !(next instanceof Element)) return true;
  return current.getAttribute('data-key') === next.getAttribute('data-key');
}

// What a person did to an element belongs to them: an open panel stays open, a pending button stays pending.
const LOCAL = new Set(['open', 'aria-busy', 'aria-expanded', 'value', 'checked', 'selected']);

function copyAttributes(current: Element, next: Element): void {
  for (const { name } of [...current.attributes]) {
    if (!next.hasAttribute(name) && !LOCAL.has(name)) current.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    if (!LOCAL.has(name) && current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
}
