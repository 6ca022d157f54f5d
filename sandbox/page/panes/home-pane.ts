import { drawBlocks } from '../blocks/block.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import { morph } from '../dom/morph.ts';
import { asObjects } from '../json.ts';
import type { View } from '../model.ts';
import type { PageActions, PageState } from '../page-state.ts';

/** Forge's App Home for the acting user. */
export class HomePane {
  readonly element: HTMLElement;
  readonly #content: HTMLElement;
  readonly #actions: PageActions;
  #shownFor = '';

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.#content = element('div', { class: 'home' });
    const back = element('button', { class: 'tool back', type: 'button', 'aria-label': 'All channels' }, [
      icon('back'),
    ]);
    on(back, 'click', () => actions.goTo({ kind: 'list' }));
    this.element = element('main', { class: 'pane main-pane' }, [
      element('header', { class: 'pane-head' }, [
        back,
        element('h1', { class: 'pane-title' }, ['Forge']),
        element('span', { class: 'pane-topic' }, ['Home']),
      ]),
      element('div', { class: 'scroller' }, [this.#content]),
    ]);
  }

  show(state: PageState): void {
    // Another person's home is another thing: nothing typed there may survive.
    if (this.#shownFor !== state.as) this.#content.replaceChildren();
    this.#shownFor = state.as;
    morph(this.#content, state.home === undefined ? drawNoHome() : this.#draw(state.home, state));
  }

  #draw(home: View, state: PageState): HTMLElement {
    const blocks = drawBlocks(asObjects(home.view.blocks), {
      scope: 'home',
      names: state.names,
      me: state.as,
      users: state.workspace.users,
      channels: state.workspace.channels,
      errors: {},
      act: (action) => this.#actions.click({ kind: 'view', id: home.id }, action),
      suggest: (query) => this.#actions.suggest({ kind: 'view', id: home.id }, query),
    });
    return element('div', { class: 'home' }, blocks);
  }
}

function drawNoHome(): HTMLElement {
  return element('div', { class: 'home' }, [
    element('p', { class: 'side-note' }, ['Forge has not published a home for this person yet.']),
  ]);
}
