import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { styleClass } from '../elements/button.ts';
import type { Json } from '../json.ts';
import type { TextContext } from '../text/draw-inline.ts';
import { drawText, textOf } from '../text/draw-text.ts';

/** Asks Slack's confirm question. Resolves to true only when the person pressed the confirming button. */
export function askToConfirm(confirm: Json, context: TextContext): Promise<boolean> {
  const isDanger = confirm.style === 'danger';
  const deny = element('button', { class: 'button button-plain', type: 'button' }, [
    textOf(confirm.deny) || 'Cancel',
  ]);
  const accept = element(
    'button',
    { class: `button ${styleClass(isDanger ? 'danger' : 'primary')}`, type: 'button' },
    [textOf(confirm.confirm) || 'Yes'],
  );
  const dialog = element(
    'dialog',
    {
      class: 'dialog confirm',
      role: 'alertdialog',
      'aria-labelledby': 'confirm-title',
      'aria-describedby': 'confirm-text',
    },
    [
      element('h2', { class: 'dialog-title', id: 'confirm-title' }, [
        textOf(confirm.title) || 'Are you sure?',
      ]),
      element('div', { class: 'dialog-body', id: 'confirm-text' }, drawText(confirm.text, context)),
      element('div', { class: 'dialog-foot' }, [deny, accept]),
    ],
  );
  document.body.append(dialog);
  dialog.showModal();
  (isDanger ? deny : accept).focus();
  return answerOf(dialog, { deny, accept });
}

function answerOf(
  dialog: HTMLDialogElement,
  { deny, accept }: { deny: HTMLElement; accept: HTMLElement },
): Promise<boolean> {
  return new Promise((resolve) => {
    on(deny, 'click', () => dialog.close());
    on(accept, 'click', () => dialog.close('accepted'));
    on(dialog, 'close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'accepted');
    });
  });
}
