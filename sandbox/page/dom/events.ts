type Handler = (event: Event) => void;

const handlers = new WeakMap<Element, Map<string, Handler>>();

/**
 * Listens with one replaceable handler per event. When `morph` keeps an old element in place of a freshly drawn
 * one, the handlers of the fresh one move over, so a click always acts on the newest state.
 */
export function on(target: Element, name: string, handler: Handler): void {
  const own = handlers.get(target) ?? new Map<string, Handler>();
  if (!own.has(name)) target.addEventListener(name, (event) => handlers.get(target)?.get(name)?.(event));
  own.set(name, handler);
  handlers.set(target, own);
}

export function moveHandlers({ from, to }: { from: Element; to: Element }): void {
  for (const [name, handler] of handlers.get(from) ?? []) on(to, name, handler);
}

export function isKey(event: Event, ...keys: readonly string[]): boolean {
  return event instanceof KeyboardEvent && keys.includes(event.key);
}

/**
 * The element in the page that a handler was called for. Handlers use this, never an element of their closure:
 * that one may have been drawn only to be compared with the one in the page.
 */
export function targetOf(event: Event): HTMLElement {
  if (event.currentTarget instanceof HTMLElement) return event.currentTarget;
  throw new Error('targetOf was called after the event was over; call it before the first await');
}
