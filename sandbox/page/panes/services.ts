import { element } from '../dom/element.ts';
import { drawServiceCard } from '../live/service-card.ts';
import type { Tones } from '../live/tones.ts';
import type { PageActions, PageState } from '../page-state.ts';

/** What really answers, measured on the public side of each service: the proof beside Forge's words. */
export function drawServices(state: PageState, tones: Tones, actions: PageActions): HTMLElement {
  const cards = state.workspace.services.map((service) => drawServiceCard(service, tones, actions));
  const nothing = element('p', { class: 'side-note' }, ['No services are running in this sandbox.']);
  return element('div', { class: 'services' }, cards.length > 0 ? cards : [nothing]);
}
