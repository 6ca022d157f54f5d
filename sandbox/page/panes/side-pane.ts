import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import { morph } from '../dom/morph.ts';
import { FaultsPane } from '../faults/faults-pane.ts';
import { Tones } from '../live/tones.ts';
import type { PageActions, PageState } from '../page-state.ts';
import type { Place, Side } from '../place.ts';
import { MessageList } from './message-list.ts';
import { drawServices } from './services.ts';
import { channelTitle } from './sidebar.ts';

type ChannelPlace = Extract<Place, { kind: 'channel' }>;

/** What stands beside the channel: a thread, the services under Forge's care, or the faults of Slack and AWS. */
export class SidePane {
  readonly element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #topic: HTMLElement;
  readonly #thread: MessageList;
  readonly #note: HTMLElement;
  readonly #services: HTMLElement;
  readonly #faults: FaultsPane;
  readonly #tones = new Tones();
  readonly #actions: PageActions;
  #place: ChannelPlace | undefined;

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.#title = element('h2', { class: 'pane-title' });
    this.#topic = element('span', { class: 'pane-topic' });
    this.#thread = new MessageList('Thread', actions);
    this.#services = element('div', { class: 'services' });
    this.#faults = new FaultsPane(actions);
    this.#note = element('p', { class: 'side-note' }, [
      'Slack has no slash commands in threads. Write in the channel.',
    ]);
    const close = element('button', { class: 'tool', type: 'button', 'aria-label': 'Close' }, [
      icon('close'),
    ]);
    on(close, 'click', () => this.#close());
    this.element = element('aside', { class: 'pane side-pane', 'aria-label': 'Details' }, [
      element('header', { class: 'pane-head' }, [this.#title, this.#topic, close]),
      this.#thread.element,
      this.#services,
      this.#faults.element,
      this.#note,
    ]);
    on(this.element, 'keydown', (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Escape') this.#close();
    });
  }

  show(place: ChannelPlace, state: PageState): void {
    this.#place = place;
    const { kind } = place.side;
    const isThread = kind === 'thread';
    const channel = state.workspace.channels.find(({ name }) => name === place.name);
    this.#title.textContent = titleOf(kind);
    this.#topic.textContent = isThread && channel ? channelTitle(channel, state) : '';
    this.#thread.element.hidden = !isThread;
    this.#note.hidden = !isThread;
    this.#services.hidden = kind !== 'services';
    this.#faults.element.hidden = kind !== 'faults';
    if (place.side.kind === 'thread') this.#showThread(place, place.side.ts, state);
    if (kind === 'services') morph(this.#services, drawServices(state, this.#tones, this.#actions));
    if (kind === 'faults') this.#faults.show(state);
  }

  #showThread(place: ChannelPlace, ts: string, state: PageState): void {
    const messages = (state.messages.get(place.name) ?? []).filter(
      (message) => message.ts === ts || message.threadTs === ts,
    );
    this.#thread.show(`${state.as}/${place.name}/thread/${ts}`, messages, state, place.name);
  }

  #close(): void {
    if (this.#place !== undefined) this.#actions.goTo({ ...this.#place, side: { kind: 'none' } });
  }
}

function titleOf(kind: Side['kind']): string {
  switch (kind) {
    case 'none':
      return '';
    case 'thread':
      return 'Thread';
    case 'services':
      return 'Services';
    case 'faults':
      return 'Faults';
  }
}
