import { drawMenu } from '../elements/menu.ts';
import type { Shortcut } from '../model.ts';
import type { PageActions } from '../page-state.ts';
import { inBackground } from './notices.ts';

/** The app's shortcuts for one place: those of a message if one is given, else the global ones. */
export function drawShortcutMenu(
  shortcuts: readonly Shortcut[],
  actions: PageActions,
  message?: { channel: string; ts: string },
): HTMLElement | undefined {
  const type = message === undefined ? 'global' : 'message';
  const own = shortcuts.filter((shortcut) => shortcut.type === type);
  if (own.length === 0) return undefined;
  return drawMenu({
    key: 'shortcuts',
    label: message === undefined ? 'Shortcuts' : 'Message shortcuts',
    mark: message === undefined ? 'plus' : 'more',
    buttonClass: message === undefined ? 'tool' : 'tool message-menu',
    items: own.map(({ name, callbackId }) => ({
      label: [name],
      url: undefined,
      choose: () => inBackground(actions.useShortcut(callbackId, message)),
    })),
  });
}
