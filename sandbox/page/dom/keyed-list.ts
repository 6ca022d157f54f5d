import { morph } from './morph.ts';

export type ListItem = {
  key: string;
  /** Everything the drawing depends on: the item is drawn again only when this differs. */
  version: string;
  draw(): Element;
};

/** A container whose children follow a list of items, touching only the items that changed. */
export class KeyedList {
  readonly container: Element;
  readonly #drawn = new Map<string, { version: string; element: Element }>();

  constructor(container: Element) {
    this.container = container;
  }

  show(items: readonly ListItem[]): void {
    this.#removeAllBut(new Set(items.map((item) => item.key)));
    // All are drawn before any is placed: drawing may replace the element a cursor would stand on.
    const elements = items.map((item) => this.#draw(item));
    let cursor = this.container.firstElementChild;
    for (const element of elements) {
      if (element === cursor) {
        cursor = cursor.nextElementSibling;
        continue;
      }
      this.container.insertBefore(element, cursor);
    }
  }

  #removeAllBut(keys: ReadonlySet<string>): void {
    for (const [key, { element }] of this.#drawn) {
      if (keys.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
  }

  #draw(item: ListItem): Element {
    const known = this.#drawn.get(item.key);
    if (known?.version === item.version) return known.element;
    const fresh = item.draw();
    const element = known === undefined ? fresh : morph(known.element, fresh);
    this.#drawn.set(item.key, { version: item.version, element });
    return element;
  }
}
