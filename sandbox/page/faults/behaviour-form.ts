import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import type { PageActions } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import type { Service } from '../service-model.ts';
import { coloursOf } from '../service-model.ts';
import type { BehaviourChange } from './behaviour-calls.ts';
import { labelled, wide } from './field.ts';

const TROUBLES: readonly { title: string; change: Partial<BehaviourChange> }[] = [
  { title: '5 % of pages fail', change: { errorPercent: 5 } },
  { title: '50 % of pages fail', change: { errorPercent: 50 } },
  { title: 'Pages take 1 s longer', change: { latencyMs: 1_000 } },
  { title: 'Tasks crash after every 20 requests', change: { crashAfterRequests: 20 } },
];

type Target = { title: string; service: string; environment: string; colour: string };

/** Makes the running tasks of one colour serve badly. Drawn once, so that nothing a person has chosen is lost. */
export class BehaviourForm {
  readonly element: HTMLFormElement;
  readonly #target = element('select', { class: 'field' });
  readonly #trouble = element(
    'select',
    { class: 'field' },
    TROUBLES.map(({ title }) => element('option', { value: title }, [title])),
  );
  #targets: Target[] = [];

  constructor(actions: PageActions) {
    this.element = element('form', { class: 'fault-form', 'aria-label': 'Make tasks serve badly' }, [
      labelled('Whose tasks', this.#target),
      labelled('What they do', this.#trouble),
      wide(element('button', { class: 'button button-plain', type: 'submit' }, ['Make them do it'])),
    ]);
    on(this.element, 'submit', (event) => {
      event.preventDefault();
      const target = this.#targets.find(({ title }) => title === this.#target.value);
      const trouble = TROUBLES.find(({ title }) => title === this.#trouble.value);
      if (target === undefined || trouble === undefined) return;
      const { title: _, ...place } = target;
      inBackground(actions.behave({ ...place, ...trouble.change }));
    });
  }

  /** Offers the colours of every service with an address. */
  show(services: readonly Service[]): void {
    const targets = services
      .filter(({ url }) => url !== undefined)
      .flatMap(({ name, environment, ...service }) =>
        coloursOf(service).map((colour) => ({
          title: [name, environment, ...(colour === 'only' ? [] : [colour])].join(' '),
          ...{ service: name, environment, colour },
        })),
      );
    const isSame =
      targets.map(({ title }) => title).join() === this.#targets.map(({ title }) => title).join();
    if (isSame) return;
    this.#targets = targets;
    const chosen = this.#target.value;
    this.#target.replaceChildren(
      ...targets.map(({ title }) => element('option', { value: title, selected: title === chosen }, [title])),
    );
  }
}
