import { element } from '../dom/element.ts';
import { morph } from '../dom/morph.ts';
import { drawTroubleStrip } from '../faults/trouble-strip.ts';
import type { PageActions, PageState } from '../page-state.ts';
import type { Place } from '../place.ts';
import { ChannelPane } from './channel-pane.ts';
import { HomePane } from './home-pane.ts';
import { shownPlace } from './shown-place.ts';
import { SidePane } from './side-pane.ts';
import { channelTitle, drawSidebar } from './sidebar.ts';
import { drawTopBar } from './top-bar.ts';
import { ViewDialog } from './view-dialog.ts';

/** The whole page. On a narrow screen one pane is shown at a time, chosen by `data-pane`. */
export class Screen {
  readonly #root: HTMLElement;
  readonly #topBar = element('header', { class: 'top-bar' });
  readonly #trouble = element('section', { class: 'trouble', hidden: true });
  readonly #sidebar = element('nav', { class: 'pane sidebar', 'aria-label': 'Channels and apps' });
  readonly #actions: PageActions;
  readonly #channel: ChannelPane;
  readonly #home: HomePane;
  readonly #side: SidePane;
  readonly #views: ViewDialog;

  constructor(root: HTMLElement, actions: PageActions) {
    this.#root = root;
    this.#actions = actions;
    this.#channel = new ChannelPane(actions);
    this.#home = new HomePane(actions);
    this.#side = new SidePane(actions);
    this.#views = new ViewDialog(actions);
    const panes = [this.#sidebar, this.#channel.element, this.#home.element, this.#side.element];
    const workspace = element('div', { class: 'workspace' }, panes);
    const notices = element('div', { id: 'notices', role: 'status', 'aria-live': 'polite' });
    root.replaceChildren(this.#topBar, this.#trouble, workspace, this.#views.element, notices);
  }

  show(state: PageState): void {
    // First of all: a pane that is not displayed yet can't be scrolled to its end.
    this.#root.dataset.pane = narrowPane(state.place);
    const place = shownPlace(state);
    const shown = { ...state, place };
    morph(this.#topBar, drawTopBar(shown, this.#actions));
    morph(this.#trouble, drawTroubleStrip(shown, this.#actions));
    morph(this.#sidebar, drawSidebar(shown, this.#actions));
    const hasSide = place.kind === 'channel' && place.side.kind !== 'none';
    this.#home.element.hidden = place.kind !== 'home';
    this.#channel.element.hidden = place.kind === 'home';
    this.#side.element.hidden = !hasSide;
    if (place.kind === 'home') this.#home.show(shown);
    if (place.kind === 'channel') this.#channel.show(place, shown);
    if (place.kind === 'channel' && hasSide) this.#side.show(place, shown);
    this.#views.show(shown);
    document.title = `${titleOf(shown)} · Acme sandbox`;
  }
}

function narrowPane(place: Place): string {
  switch (place.kind) {
    case 'list':
      return 'list';
    case 'home':
      return 'main';
    case 'channel':
      return place.side.kind === 'none' ? 'main' : 'side';
  }
}

function titleOf(state: PageState): string {
  const { place } = state;
  if (place.kind !== 'channel') return 'Forge';
  const channel = state.workspace.channels.find(({ name }) => name === place.name);
  return channelTitle(channel ?? { id: '', name: place.name }, state);
}
