import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import type { PageActions } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import type { Service } from '../service-model.ts';
import { coloursOf, serviceKey } from '../service-model.ts';

const SPLITS = [
  { title: 'All to blue', blue: 100, green: 0 },
  { title: 'Half and half', blue: 50, green: 50 },
  { title: 'All to green', blue: 0, green: 100 },
] as const;

/** Moves traffic between the colours of a service behind Forge's back, for every service that has them. */
export function drawForeignWeights(services: readonly Service[], actions: PageActions): HTMLElement[] {
  const withColours = services.filter((service) => coloursOf(service).includes('green'));
  return withColours.map((service) => {
    const { name, environment } = service;
    const title = `Move the weights of ${name} in ${environment}, as somebody in the AWS console`;
    const buttons = SPLITS.map(({ title: words, blue, green }) => {
      const button = element('button', { class: 'button button-plain', type: 'button' }, [words]);
      const weights = { service: name, environment, blue, green };
      on(button, 'click', () => inBackground(actions.moveWeights(weights)));
      return button;
    });
    const attributes = {
      class: 'switch-group',
      'data-key': `weights-${serviceKey(service)}`,
      'aria-label': title,
    };
    return element('section', attributes, [
      element('h3', {}, [title]),
      element('div', { class: 'actions-block' }, buttons),
    ]);
  });
}
