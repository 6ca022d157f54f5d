import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Channel } from '../model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import type { Place } from '../place.ts';
import { placeHash } from '../place.ts';

/** Channels, direct messages and the Forge app; unread ones stand out. */
export function drawSidebar(state: PageState, actions: PageActions): HTMLElement {
  const channels = visibleChannels(state);
  const direct = channels.filter(isDirect);
  const others = channels.filter((channel) => !isDirect(channel));
  return element('nav', { class: 'pane sidebar', 'aria-label': 'Channels and apps' }, [
    drawGroup('Channels', others, state, actions),
    direct.length > 0 ? drawGroup('Direct messages', direct, state, actions) : undefined,
    element('h2', {}, ['Apps']),
    element('ul', {}, [
      drawEntry(
        {
          place: { kind: 'home' },
          mark: icon('home'),
          label: 'Forge',
          isCurrent: state.place.kind === 'home',
        },
        actions,
      ),
    ]),
    drawForge(state),
  ]);
}

/** Without those known to be closed to the acting user: private to others, or anything to a deactivated person. */
export function visibleChannels({ workspace, messages }: PageState): Channel[] {
  return workspace.channels.filter(({ name }) => !messages.has(name) || messages.get(name) !== undefined);
}

/** Slack's ids of direct messages begin with D. */
export function isDirect(channel: Channel): boolean {
  return channel.id.startsWith('D');
}

export function channelTitle(channel: Channel, state: PageState): string {
  if (!isDirect(channel)) return `#${channel.name}`;
  return state.workspace.users.find(({ kind }) => kind === 'bot')?.name ?? 'Forge';
}

function drawGroup(
  title: string,
  channels: readonly Channel[],
  state: PageState,
  actions: PageActions,
): HTMLElement {
  const entries = channels.map((channel) => {
    const place: Place = { kind: 'channel', name: channel.name, side: { kind: 'none' } };
    const isCurrent = state.place.kind === 'channel' && state.place.name === channel.name;
    const label = isDirect(channel) ? channelTitle(channel, state) : channel.name;
    const unread = state.unread.get(channel.name) ?? { count: 0, mentions: 0 };
    return drawEntry(
      { place, mark: icon(isDirect(channel) ? 'chat' : 'hash'), label, isCurrent, unread },
      actions,
    );
  });
  return element('div', { class: 'channel-group' }, [element('h2', {}, [title]), element('ul', {}, entries)]);
}

type Entry = {
  place: Place;
  mark: Child;
  label: string;
  isCurrent: boolean;
  unread?: { count: number; mentions: number };
};

function drawEntry(entry: Entry, actions: PageActions): HTMLElement {
  const unread = entry.unread ?? { count: 0, mentions: 0 };
  const link = element(
    'a',
    {
      class: unread.count > 0 ? 'entry unread' : 'entry',
      href: placeHash(entry.place),
      'aria-current': entry.isCurrent ? 'page' : undefined,
    },
    [
      entry.mark,
      element('span', { class: 'entry-label' }, [entry.label]),
      unread.count > 0 ? drawCount(unread) : undefined,
    ],
  );
  on(link, 'click', (event) => {
    event.preventDefault();
    actions.goTo(entry.place);
  });
  return element('li', { 'data-key': placeHash(entry.place) }, [link]);
}

function drawCount({ count, mentions }: { count: number; mentions: number }): HTMLElement {
  const number = mentions > 0 ? mentions : count;
  const words = mentions > 0 ? 'for you' : 'unread';
  return element('span', { class: mentions > 0 ? 'count count-mention' : 'count' }, [
    String(number),
    element('span', { class: 'for-screen-readers' }, [` ${words}`]),
  ]);
}

function drawForge({ workspace, isConnected }: PageState): HTMLElement {
  const { pid, isReady } = workspace.forge;
  const state = forgeState({ isRunning: pid !== undefined, isReady, isConnected });
  return element('div', { class: 'forge-state', role: 'status' }, [
    element('span', { class: `dot dot-${state.mood}`, 'aria-hidden': 'true' }),
    state.words,
  ]);
}

function forgeState(forge: { isRunning: boolean; isReady: boolean; isConnected: boolean }): {
  mood: string;
  words: string;
} {
  if (!forge.isConnected) return { mood: 'waiting', words: 'Reconnecting to the sandbox…' };
  if (forge.isReady) return { mood: 'good', words: 'Forge is ready' };
  if (forge.isRunning) return { mood: 'waiting', words: 'Forge is connecting…' };
  return { mood: 'bad', words: 'Forge is not running' };
}
