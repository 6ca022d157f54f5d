import { element } from '../dom/element.ts';
import { isKey, on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import { morph } from '../dom/morph.ts';
import type { Shortcut } from '../model.ts';
import type { PageActions } from '../page-state.ts';
import { inBackground } from './notices.ts';
import { drawShortcutMenu } from './shortcut-menu.ts';
import { SuggestionList } from './suggestion-list.ts';

/** The line where commands are typed. Enter sends; Up recalls; "/" offers suggestions. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #note: HTMLElement;
  readonly #shortcuts = element('div', { class: 'composer-shortcuts' });
  readonly #suggestions: SuggestionList;
  readonly #actions: PageActions;
  readonly #history: string[] = readHistory();
  #recalled: number | undefined;
  #channel = '';

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.#input = element('input', {
      class: 'composer-input',
      type: 'text',
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      enterkeyhint: 'send',
    });
    this.#suggestions = new SuggestionList(this.#input, (text) => this.#choose(text));
    this.#note = element('div', { class: 'composer-note', role: 'status' });
    const send = element('button', { class: 'composer-send', type: 'submit', 'aria-label': 'Send' }, [
      icon('send'),
    ]);
    const line = element('div', { class: 'composer-line' }, [this.#shortcuts, this.#input, send]);
    this.element = element('form', { class: 'composer' }, [this.#suggestions.element, line, this.#note]);
    on(this.#input, 'input', () => this.#typed());
    on(this.#input, 'keydown', (event) => this.#pressed(event));
    on(this.element, 'submit', (event) => {
      event.preventDefault();
      inBackground(this.#send());
    });
  }

  showShortcuts(shortcuts: readonly Shortcut[]): void {
    const holder = element('div', { class: 'composer-shortcuts' }, [
      drawShortcutMenu(shortcuts, this.#actions),
    ]);
    morph(this.#shortcuts, holder);
  }

  showFor(channel: string, title: string): void {
    if (channel !== this.#channel) this.#note.textContent = '';
    this.#channel = channel;
    this.#input.placeholder = `Message ${title} — type /forge …`;
    this.#input.setAttribute('aria-label', `Message ${title}`);
  }

  /** Puts a command on the line for the person to look at and send. */
  prefill(text: string): void {
    this.#input.value = text;
    this.#input.focus();
  }

  #typed(): void {
    this.#recalled = undefined;
    this.#note.textContent = '';
    this.#suggestions.offer(this.#input.value, this.#history);
  }

  #choose(text: string): void {
    this.#suggestions.close();
    this.prefill(text);
  }

  #pressed(event: Event): void {
    if (this.#suggestions.pressed(event)) return;
    if (isKey(event, 'ArrowUp') && (this.#input.value === '' || this.#recalled !== undefined)) {
      event.preventDefault();
      this.#recall((this.#recalled ?? this.#history.length) - 1);
    } else if (isKey(event, 'ArrowDown') && this.#recalled !== undefined) {
      event.preventDefault();
      this.#recall(this.#recalled + 1);
    }
  }

  #recall(index: number): void {
    if (index < 0) return;
    const isPastNewest = index >= this.#history.length;
    this.#recalled = isPastNewest ? undefined : index;
    this.#input.value = this.#history[index] ?? '';
    this.#suggestions.close();
  }

  async #send(): Promise<void> {
    const text = this.#input.value.trim();
    if (text === '') return;
    this.#suggestions.close();
    if (!text.startsWith('/')) {
      this.#note.textContent =
        'Only commands are heard in this workspace. Begin with /forge, for example /forge help.';
      return;
    }
    this.#remember(text);
    this.#input.value = '';
    const channel = this.#channel;
    const reason = await this.#actions.run(channel, text);
    if (reason === undefined || channel !== this.#channel) return;
    this.#note.textContent = reason;
    if (this.#input.value === '') this.#input.value = text;
  }

  #remember(text: string): void {
    this.#recalled = undefined;
    if (this.#history.at(-1) !== text) this.#history.push(text);
    sessionStorage.setItem('commands', JSON.stringify(this.#history.slice(-50)));
  }
}

function readHistory(): string[] {
  const stored: unknown = JSON.parse(sessionStorage.getItem('commands') ?? '[]');
  return Array.isArray(stored) ? stored.map(String) : [];
}
