import type { CallCounts } from '../call-counts.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import type { PageActions } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import type { NewFault } from './fault-calls.ts';
import { labelled, wide } from './field.ts';
import { KINDS, USUAL_CALLS } from './kinds.ts';

const OPERATIONS_ID = 'fault-operations';

/** Switches one fault on. It is drawn once, so that nothing a person has chosen is lost while the pane lives. */
export class FaultForm {
  readonly element: HTMLFormElement;
  readonly #service = element('select', { class: 'field' }, Object.keys(USUAL_CALLS).map(option));
  readonly #operation = element('input', {
    class: 'field',
    list: OPERATIONS_ID,
    placeholder: 'any call',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
  });
  readonly #operations = element('datalist', { id: OPERATIONS_ID });
  readonly #kind = element('select', { class: 'field' }, KINDS.map(kindOption));
  readonly #nth = numberField(1);
  readonly #times = numberField(1);
  readonly #milliseconds = numberField(5_000);
  readonly #error = element('input', { class: 'field', value: 'channel_not_found', spellcheck: 'false' });
  readonly #retryAfter = numberField(1);
  readonly #onlySlow = labelled('Late by, milliseconds', this.#milliseconds);
  readonly #onlyRefuse = labelled('Error code', this.#error);
  readonly #onlyThrottle = labelled('“Wait” seconds', this.#retryAfter);
  readonly #problem = element('p', { class: 'input-error', role: 'alert', hidden: true });
  readonly #actions: PageActions;
  #calls: CallCounts | undefined;

  constructor(actions: PageActions) {
    this.#actions = actions;
    this.element = element(
      'form',
      { class: 'fault-form', 'aria-label': 'Switch a fault on', novalidate: true },
      [
        labelled('Service', this.#service),
        labelled('Operation', this.#operation),
        wide(labelled('What it does', this.#kind)),
        labelled('From the n-th call', this.#nth),
        labelled('Times', this.#times),
        this.#onlySlow,
        this.#onlyRefuse,
        this.#onlyThrottle,
        this.#operations,
        wide(this.#problem),
        wide(element('button', { class: 'button button-primary', type: 'submit' }, ['Switch on'])),
      ],
    );
    for (const field of [this.#service, this.#operation, this.#kind]) on(field, 'input', () => this.#adapt());
    on(this.element, 'submit', (event) => {
      event.preventDefault();
      inBackground(this.#switchOn());
    });
    this.#adapt();
  }

  /** Offers what Forge has called so far first, with how often. */
  show(calls: CallCounts): void {
    if (calls === this.#calls) return;
    this.#calls = calls;
    this.#offerOperations();
  }

  #adapt(): void {
    const kind = this.#kind.value;
    const delivers = ['slack', 'github'].includes(this.#service.value);
    const isDelivery = delivers && this.#operation.value.startsWith('deliver:');
    for (const choice of this.#kind.options) {
      choice.disabled = !isDelivery && KINDS.some((one) => one.kind === choice.value && one.isOfDeliveries);
    }
    this.#onlySlow.hidden = kind !== 'slow';
    this.#onlyRefuse.hidden = kind !== 'refuse';
    this.#onlyThrottle.hidden = kind !== 'throttle' || !delivers;
    this.#problem.hidden = true;
    this.#offerOperations();
  }

  #offerOperations(): void {
    const service = this.#service.value;
    const called = this.#calls?.byService.get(service) ?? new Map<string, number>();
    const usual = (USUAL_CALLS[service] ?? []).filter((operation) => !called.has(operation));
    const names = [...[...called.keys()].toSorted(), ...usual];
    const options = names.map((name) => {
      const count = called.get(name);
      const label =
        count === undefined ? 'not called yet' : `called ${count} ${count === 1 ? 'time' : 'times'}`;
      return element('option', { value: name, label });
    });
    this.#operations.replaceChildren(...options);
  }

  async #switchOn(): Promise<void> {
    const reason = await this.#actions.addFault(this.#fault());
    this.#problem.textContent = reason ?? '';
    this.#problem.hidden = reason === undefined;
  }

  #fault(): NewFault {
    const kind = this.#kind.value;
    return {
      service: this.#service.value,
      operation: this.#operation.value.trim() || '*',
      kind,
      nth: Number(this.#nth.value),
      times: Number(this.#times.value),
      ...(kind === 'slow' ? { ms: Number(this.#milliseconds.value) } : {}),
      ...(kind === 'refuse' ? { error: this.#error.value.trim() } : {}),
      ...(this.#onlyThrottle.hidden ? {} : { retryAfterSeconds: Number(this.#retryAfter.value) }),
    };
  }
}

function option(name: string): HTMLOptionElement {
  return element('option', { value: name }, [name]);
}

function kindOption({ kind, title }: { kind: string; title: string }): HTMLOptionElement {
  return element('option', { value: kind }, [`${kind}: ${title}`]);
}

function numberField(value: number): HTMLInputElement {
  return element('input', { class: 'field', type: 'number', min: 1, step: 1, value });
}
