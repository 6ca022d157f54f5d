import { element, setAttributes } from '../dom/element.ts';
import { isKey, on } from '../dom/events.ts';
import type { Suggestion } from '../suggestions.ts';
import { suggestionsFor } from '../suggestions.ts';

const LIST_ID = 'command-suggestions';

/** The list above the composer, as an ARIA combobox: focus stays in the input, arrow keys move the mark. */
export class SuggestionList {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #choose: (text: string) => void;
  #shown: Suggestion[] = [];
  #marked = -1;

  constructor(input: HTMLInputElement, choose: (text: string) => void) {
    this.#input = input;
    this.#choose = choose;
    this.element = element('div', {
      class: 'suggestions',
      id: LIST_ID,
      role: 'listbox',
      'aria-label': 'Commands',
      hidden: true,
    });
    setAttributes(input, {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': LIST_ID,
      'aria-expanded': 'false',
    });
    on(input, 'blur', () => this.close());
  }

  offer(typed: string, history: readonly string[]): void {
    this.#shown = suggestionsFor(typed, history);
    this.#marked = -1;
    this.#draw();
  }

  close(): void {
    this.#shown = [];
    this.#marked = -1;
    this.#draw();
  }

  /** True when the key was meant for the list. */
  pressed(event: Event): boolean {
    if (this.#shown.length === 0) return false;
    if (isKey(event, 'ArrowDown', 'ArrowUp')) this.#move(isKey(event, 'ArrowDown') ? 1 : -1);
    else if (isKey(event, 'Escape')) this.close();
    else if (isKey(event, 'Enter', 'Tab') && this.#marked >= 0) this.#chooseMarked();
    else return false;
    event.preventDefault();
    return true;
  }

  #move(by: number): void {
    const places = this.#shown.length;
    this.#marked = this.#marked === -1 && by < 0 ? places - 1 : (this.#marked + by + places) % places;
    this.#draw();
  }

  #chooseMarked(): void {
    const marked = this.#shown[this.#marked];
    if (marked !== undefined) this.#choose(marked.text);
  }

  #draw(): void {
    const isOpen = this.#shown.length > 0;
    this.element.hidden = !isOpen;
    this.element.replaceChildren(
      ...this.#shown.map((suggestion, index) => this.#drawOption(suggestion, index)),
    );
    setAttributes(this.#input, {
      'aria-expanded': String(isOpen),
      'aria-activedescendant': this.#marked < 0 ? undefined : `${LIST_ID}-${this.#marked}`,
    });
  }

  #drawOption({ text, explanation }: Suggestion, index: number): HTMLElement {
    const option = element(
      'div',
      {
        class: 'suggestion',
        id: `${LIST_ID}-${index}`,
        role: 'option',
        'aria-selected': String(index === this.#marked),
      },
      [element('span', { class: 'suggestion-text' }, [text]), element('span', {}, [explanation])],
    );
    // Before the input loses focus, which would close the list.
    on(option, 'pointerdown', (event) => {
      event.preventDefault();
      this.#choose(text);
    });
    return option;
  }
}
