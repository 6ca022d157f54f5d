export type ItemState = 'to-do' | 'now' | 'done' | 'failed' | 'stopped' | 'not-done';

/** One thing to tick off, in plain text. `more` says how far it is or how long it took. */
export type ChecklistItem = { id: string; title: string; state: ItemState; more?: string; detail?: string };

const WORDS: Record<ItemState, string> = {
  'to-do': 'to do',
  now: 'now',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
  'not-done': 'not done',
};

/** What an item says besides its id. */
export type Said = {
  title: string;
  state: ItemState;
  more?: string | undefined;
  detail?: string | undefined;
};

export function item(id: string, { title, state, more, detail }: Said): ChecklistItem {
  return {
    id,
    title,
    state,
    ...(more === undefined ? {} : { more }),
    ...(detail === undefined || detail.trim() === '' ? {} : { detail }),
  };
}

/** An item as one line that says its state in words, so that no picture has to. */
export function wholeTitle({ title, state, more }: ChecklistItem): string {
  return [title, WORDS[state], ...(more === undefined ? [] : [more])].join(' · ');
}

/** The same beside Slack's own word for the state: ours is there only where Slack has none. */
export function shortTitle({ title, state, more }: ChecklistItem): string {
  const word = state === 'stopped' || state === 'not-done' ? [WORDS[state]] : [];
  return [title, ...word, ...(more === undefined ? [] : [more])].join(' · ');
}
