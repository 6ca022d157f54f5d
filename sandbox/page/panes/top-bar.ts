import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import type { User } from '../model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { drawAvatar } from './avatar.ts';

/** The workspace's name, and whom the person at the keyboard is acting as. */
export function drawTopBar(state: PageState, actions: PageActions): HTMLElement {
  const me = state.workspace.users.find(({ id }) => id === state.as);
  const people = state.workspace.users.filter(({ kind }) => kind !== 'bot');
  const options = people.map((user) =>
    element('option', { value: user.id, selected: user.id === state.as }, [titleOf(user)]),
  );
  const picker = element(
    'select',
    { id: 'act-as', class: 'picker', 'aria-describedby': 'act-as-hint' },
    options,
  );
  picker.value = state.as;
  on(picker, 'change', (event) => {
    const select = targetOf(event);
    if (select instanceof HTMLSelectElement) actions.actAs(select.value);
  });
  return element('header', { class: 'top-bar' }, [
    element('div', { class: 'workspace-name' }, [
      element('span', { class: 'workspace-mark', 'aria-hidden': 'true' }, ['A']),
      element('span', { class: 'workspace-title' }, ['Acme']),
      element('span', { class: 'badge' }, ['Sandbox']),
    ]),
    element('div', { class: 'acting' }, [
      element('label', { for: 'act-as' }, ['Act as']),
      drawAvatar(state.as, me),
      picker,
      element('span', { class: 'for-screen-readers', id: 'act-as-hint' }, [
        'Everything you type and click is done as this person.',
      ]),
    ]),
  ]);
}

function titleOf({ name, title, kind }: User): string {
  const notes = [title, kind === 'member' ? '' : kind].filter(
    (note) => note !== '' && note.toLowerCase() !== name.toLowerCase(),
  );
  return notes.length === 0 ? name : `${name} · ${notes.join(', ')}`;
}
