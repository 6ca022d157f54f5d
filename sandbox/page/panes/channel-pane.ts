import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { PageActions, PageState } from '../page-state.ts';
import type { Place } from '../place.ts';
import { FIRST_STEPS } from '../suggestions.ts';
import { isInChannel } from '../unread.ts';
import { Composer } from './composer.ts';
import { MessageList } from './message-list.ts';
import { channelTitle, isDirect } from './sidebar.ts';

type ChannelPlace = Extract<Place, { kind: 'channel' }>;

/** The messages of one channel with the line to write in. */
export class ChannelPane {
  readonly element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #topic: HTMLElement;
  readonly #list: MessageList;
  readonly #welcome: HTMLElement;
  readonly #closed = element('p', { class: 'closed', role: 'status', hidden: true });
  readonly #composer: Composer;
  readonly #services: HTMLElement;
  readonly #faults: HTMLElement;
  readonly #actions: PageActions;
  #place: ChannelPlace | undefined;

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.#title = element('h1', { class: 'pane-title' });
    this.#topic = element('span', { class: 'pane-topic' });
    this.#services = element('button', { class: 'tool', type: 'button' }, [icon('pulse'), 'Services']);
    this.#faults = element('button', { class: 'tool', type: 'button' }, [icon('warning'), 'Faults']);
    this.#list = new MessageList('Messages', actions);
    this.#composer = new Composer(actions);
    this.#welcome = this.#drawWelcome();
    const back = element('button', { class: 'tool back', type: 'button', 'aria-label': 'All channels' }, [
      icon('back'),
    ]);
    on(back, 'click', () => actions.goTo({ kind: 'list' }));
    on(this.#services, 'click', () => this.#toggle('services'));
    on(this.#faults, 'click', () => this.#toggle('faults'));
    this.element = element('main', { class: 'pane main-pane' }, [
      element('header', { class: 'pane-head' }, [
        back,
        this.#title,
        this.#topic,
        element('div', { class: 'pane-tools' }, [this.#services, this.#faults]),
      ]),
      this.#closed,
      this.#welcome,
      this.#list.element,
      this.#composer.element,
    ]);
  }

  show(place: ChannelPlace, state: PageState): void {
    this.#place = place;
    const channel = state.workspace.channels.find(({ name }) => name === place.name);
    const title = channelTitle(channel ?? { id: '', name: place.name }, state);
    const messages = (state.messages.get(place.name) ?? []).filter(isInChannel);
    this.#title.textContent = title;
    this.#topic.textContent = channel && isDirect(channel) ? 'Only you and Forge' : '';
    this.#services.setAttribute('aria-pressed', String(place.side.kind === 'services'));
    this.#faults.setAttribute('aria-pressed', String(place.side.kind === 'faults'));
    const isClosed = state.messages.has(place.name) && state.messages.get(place.name) === undefined;
    this.#closed.hidden = !isClosed;
    this.#closed.textContent = isClosed ? closedWords(title, state) : '';
    this.#composer.element.hidden = isClosed;
    this.#welcome.hidden = isClosed || messages.length > 0 || !state.messages.has(place.name);
    this.#list.show(`${state.as}/${place.name}`, messages, state, place.name);
    this.#composer.showFor(place.name, title);
    this.#composer.showShortcuts(state.workspace.shortcuts);
  }

  #toggle(kind: 'services' | 'faults'): void {
    if (this.#place === undefined) return;
    const isShown = this.#place.side.kind === kind;
    this.#actions.goTo({ ...this.#place, side: { kind: isShown ? 'none' : kind } });
  }

  #drawWelcome(): HTMLElement {
    const steps = FIRST_STEPS.map((text) => {
      const step = element('button', { class: 'button button-plain', type: 'button' }, [text]);
      on(step, 'click', () => this.#composer.prefill(text));
      return step;
    });
    return element('div', { class: 'welcome', hidden: true }, [
      element('img', { src: '/page/icon.svg', alt: '', class: 'welcome-mark' }),
      element('h2', {}, ['Nothing here yet']),
      element('p', {}, ['Forge deploys from this channel. Try a command, or type one of your own below.']),
      element('div', { class: 'welcome-steps' }, steps),
    ]);
  }
}

function closedWords(title: string, { as, workspace }: PageState): string {
  const person = workspace.users.find(({ id }) => id === as);
  const name = person?.name ?? as;
  if (person?.kind !== 'deactivated') return `${name} is not in ${title}. Choose another channel or person.`;
  return `${name}'s account is deactivated: Slack has signed this person out. Choose whom to act as above.`;
}
