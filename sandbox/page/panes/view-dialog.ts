import type { Action } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { morph } from '../dom/morph.ts';
import { formValues } from '../elements/control.ts';
import type { View } from '../model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { formErrors } from './form-errors.ts';
import { inBackground } from './notices.ts';
import { drawViewForm } from './view-form.ts';

/** The stack of open modals: the top one is shown, those below keep what was typed in them. */
export class ViewDialog {
  readonly element: HTMLDialogElement;
  readonly #actions: PageActions;
  readonly #forms = new Map<string, Element>();
  readonly #errors = new Map<string, Record<string, string>>();
  #state: PageState | undefined;
  #top: string | undefined;

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.element = element('dialog', { class: 'dialog view', 'aria-labelledby': 'view-title' });
    on(this.element, 'cancel', (event) => {
      // The modal closes when the workspace says so: Forge may have asked to be told.
      event.preventDefault();
      this.#closeTop();
    });
  }

  show(state: PageState): void {
    this.#state = state;
    const open = new Set(state.views.map(({ id }) => id));
    if (open.size === 0) this.#closeDialog();
    for (const id of this.#forms.keys()) if (!open.has(id)) this.#forget(id);
    const top = state.views.at(-1);
    for (const view of state.views) this.#draw(view, state, { isTop: view === top });
    const isAnother = top?.id !== this.#top;
    this.#top = top?.id;
    if (top !== undefined && !this.element.open) this.element.showModal();
    if (top !== undefined && isAnother) focusFirst(this.#forms.get(top.id));
  }

  #draw(view: View, state: PageState, { isTop }: { isTop: boolean }): void {
    // What the latest attempt found replaces what an earlier one was told.
    const errors = this.#errors.get(view.id) ?? view.errors;
    const fresh = drawViewForm(view, {
      isTop,
      errors,
      context: {
        scope: view.id,
        names: state.names,
        me: state.as,
        users: state.workspace.users,
        channels: state.workspace.channels,
        errors,
        act: (action) => this.#act(view.id, action),
        suggest: (query) => this.#actions.suggest({ kind: 'view', id: view.id }, query),
      },
      close: () => this.#closeTop(),
      submit: (form) => inBackground(this.#submit(view.id, form)),
    });
    const known = this.#forms.get(view.id);
    if (known === undefined) this.element.append(fresh);
    this.#forms.set(view.id, known === undefined ? fresh : morph(known, fresh));
  }

  // Forge is told of a click together with all that was typed so far, as Slack does.
  #act(id: string, action: Action): Promise<boolean> {
    const form = this.#forms.get(id);
    const typed = form === undefined ? action : { ...action, values: formValues(form) };
    return this.#actions.click({ kind: 'view', id }, typed);
  }

  async #submit(id: string, form: Element): Promise<void> {
    if (form.getAttribute('aria-busy') === 'true') return;
    const toMend = formErrors(form);
    this.#showErrors(id, toMend);
    if (Object.keys(toMend).length > 0) return;
    form.setAttribute('aria-busy', 'true');
    try {
      this.#showErrors(id, await this.#actions.submit(id, formValues(form)));
    } finally {
      form.removeAttribute('aria-busy');
    }
  }

  #showErrors(id: string, errors: Record<string, string>): void {
    this.#errors.set(id, errors);
    if (this.#state === undefined) return;
    this.show(this.#state);
    const faulty = this.#forms
      .get(id)
      ?.querySelector('.has-error input, .has-error select, .has-error textarea');
    if (faulty instanceof HTMLElement) faulty.focus();
  }

  #closeTop(): void {
    if (this.#top !== undefined) inBackground(this.#actions.close(this.#top));
  }

  #closeDialog(): void {
    if (!this.element.open) return;
    this.element.close();
    const regained = document.activeElement;
    if (!(regained instanceof HTMLElement)) return;
    // Chromium gives the focus back but takes no typing there until it is given once more.
    regained.blur();
    regained.focus();
  }

  #forget(id: string): void {
    this.#forms.get(id)?.remove();
    this.#forms.delete(id);
    this.#errors.delete(id);
  }
}

function focusFirst(form: Element | undefined): void {
  const field =
    form?.querySelector('.dialog-body :is(input, select, textarea, summary)') ??
    form?.querySelector('button');
  if (field instanceof HTMLElement) field.focus();
}
