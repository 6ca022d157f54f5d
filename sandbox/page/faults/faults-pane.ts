import { element } from '../dom/element.ts';
import { morph } from '../dom/morph.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { BehaviourForm } from './behaviour-form.ts';
import { FaultForm } from './fault-form.ts';
import { drawFaultList } from './fault-list.ts';
import { drawSwitchList } from './switch-list.ts';

/** Where a person makes Slack and AWS misbehave, to see what Forge does then. */
export class FaultsPane {
  readonly element: HTMLElement;
  readonly #actions: PageActions;
  readonly #form: FaultForm;
  readonly #behaviours: BehaviourForm;
  readonly #list = element('div', { class: 'fault-list' });
  readonly #switches = element('div', { class: 'switch-list' });

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.#form = new FaultForm(actions);
    this.#behaviours = new BehaviourForm(actions);
    this.element = element('div', { class: 'faults' }, [
      this.#list,
      element('h3', {}, ['Make calls of Forge fail']),
      this.#form.element,
      element('h3', {}, ['Make releases bad']),
      this.#behaviours.element,
      this.#switches,
    ]);
  }

  show(state: PageState): void {
    morph(this.#list, drawFaultList(state, this.#actions));
    morph(this.#switches, drawSwitchList(state, this.#actions));
    this.#form.show(state.calls);
    this.#behaviours.show(state.workspace.services);
  }
}
