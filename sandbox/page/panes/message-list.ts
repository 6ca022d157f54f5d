import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { ListItem } from '../dom/keyed-list.ts';
import { KeyedList } from '../dom/keyed-list.ts';
import type { Message } from '../model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { formatDate } from '../text/dates.ts';
import type { MessageFrame } from './message.ts';
import { drawMessage } from './message.ts';
import { drawShortcutMenu } from './shortcut-menu.ts';

const BOTTOM_SLACK_PX = 60;

/** A scrolling list of messages that stays at its end only while the person is there. */
export class MessageList {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #list: KeyedList;
  readonly #newest: HTMLElement;
  readonly #actions: PageActions;
  #subject = '';
  #count = 0;
  #isFollowing = true;

  constructor(label: string, actions: PageActions) {
    this.#actions = actions;
    const log = element('div', {
      class: 'messages',
      role: 'log',
      'aria-label': label,
      'aria-relevant': 'additions',
    });
    this.#list = new KeyedList(log);
    this.#scroller = element('div', { class: 'scroller', tabindex: 0, 'aria-label': label, role: 'region' }, [
      log,
    ]);
    this.#newest = element('button', { class: 'newest', type: 'button', hidden: true }, [
      icon('down'),
      'New messages',
    ]);
    this.element = element('div', { class: 'message-list' }, [this.#scroller, this.#newest]);
    on(this.#newest, 'click', () => this.#toEnd());
    on(this.#scroller, 'scroll', () => {
      this.#isFollowing = this.#isAtEnd();
      if (this.#isFollowing) this.#newest.hidden = true;
    });
    // A phone's keyboard or a resized window must not push the newest message out of sight.
    new ResizeObserver(() => {
      if (this.#isFollowing) this.#toEnd();
    }).observe(this.#scroller);
  }

  /** `subject` names what is listed: another one starts at its end. */
  show(subject: string, messages: readonly Message[], state: PageState, channel: string): void {
    const isAnother = subject !== this.#subject;
    this.#isFollowing ||= isAnother;
    const hasNews = messages.length > this.#count;
    this.#subject = subject;
    this.#count = messages.length;
    this.#list.show(this.#items(messages, state, channel));
    if (this.#isFollowing) this.#toEnd();
    else if (hasNews && !isAnother) this.#newest.hidden = false;
  }

  #items(messages: readonly Message[], state: PageState, channel: string): ListItem[] {
    const items: ListItem[] = [];
    let day = '';
    const isThread = this.#subject.includes('/thread/');
    for (const message of messages) {
      const own = formatDate(Number(message.ts), '{day_divider_pretty}', { now: new Date() }) ?? '';
      if (own !== day && !isThread) items.push(dayItem(own));
      day = own;
      items.push(this.#item(message, state, channel, { isThread }));
    }
    return items;
  }

  #item(message: Message, state: PageState, channel: string, { isThread }: { isThread: boolean }): ListItem {
    const author = state.workspace.users.find(({ id }) => id === message.user);
    const context: BlockContext = {
      scope: `${isThread ? 'thread' : 'message'}-${message.ts}`,
      names: state.names,
      me: state.as,
      users: state.workspace.users,
      channels: state.workspace.channels,
      errors: {},
      act: (action) => this.#actions.click({ kind: 'message', channel, ts: message.ts }, action),
      suggest: (query) => this.#actions.suggest({ kind: 'message', channel, ts: message.ts }, query),
    };
    const { shortcuts } = state.workspace;
    const thread = message.threadTs ?? message.ts;
    const openThread = isThread
      ? undefined
      : () => this.#actions.goTo({ kind: 'channel', name: channel, side: { kind: 'thread', ts: thread } });
    return {
      // A person's own copy: what an ephemeral message shows differs from person to person.
      key: `${this.#subject}/${message.ts}`,
      version: JSON.stringify([message, author, state.as, shortcuts]),
      draw: () => {
        // Slack offers no shortcuts on a message that only one person sees.
        const place = { channel, ts: message.ts };
        const menu = message.isEphemeral ? undefined : drawShortcutMenu(shortcuts, this.#actions, place);
        return drawSafely(message, { context, author, menu, openThread });
      },
    };
  }

  #isAtEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < BOTTOM_SLACK_PX;
  }

  #toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newest.hidden = true;
  }
}

// One message that this page cannot draw must not take all the others with it.
function drawSafely(message: Message, frame: MessageFrame): HTMLElement {
  try {
    return drawMessage(message, frame);
  } catch (error) {
    console.error('Could not draw a message', message, error);
    const words = `This message could not be shown: ${String(error)}`;
    return element('div', { class: 'message-warning', 'data-key': message.ts }, [words]);
  }
}

function dayItem(day: string): ListItem {
  const label = day.charAt(0).toUpperCase() + day.slice(1);
  return {
    key: `day/${day}`,
    version: day,
    draw: () => element('div', { class: 'day', role: 'separator' }, [element('span', {}, [label])]),
  };
}
