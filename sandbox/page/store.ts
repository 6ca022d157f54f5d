import type { PageState } from './page-state.ts';

/** The page's state and who draws it. Several changes in one turn are drawn once. */
export class Store {
  state: PageState;
  readonly #draw: (state: PageState) => void;
  #isDrawingDue = false;

  constructor(state: PageState, draw: (state: PageState) => void) {
    this.state = state;
    this.#draw = draw;
  }

  update(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    if (this.#isDrawingDue) return;
    this.#isDrawingDue = true;
    queueMicrotask(() => {
      this.#isDrawingDue = false;
      this.#draw(this.state);
    });
  }
}
