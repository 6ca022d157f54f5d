import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import type { PageActions } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import type { Service } from '../service-model.ts';

const USUAL_MOST = 50;

/** How many requests the sandbox sends. It shows what is set, also after a reload or when a program has set it. */
export function drawLoadField(service: Service, actions: PageActions): HTMLElement {
  const slider = element('input', {
    type: 'range',
    min: 0,
    max: Math.max(USUAL_MOST, service.load),
    step: 1,
    value: service.load,
    'data-value': service.load,
    'aria-label': `Load on ${service.name} in ${service.environment}, requests per second`,
  });
  on(slider, 'input', (event) => {
    const label = targetOf(event).parentElement?.querySelector('.load-value');
    if (label) label.textContent = `${sliderValue(event)}/s`;
  });
  on(slider, 'change', (event) => inBackground(actions.setLoad(service, sliderValue(event))));
  return element('label', { class: 'load' }, [
    'Send load',
    slider,
    element('span', { class: 'load-value', 'data-local': true, 'data-value': service.load }, [
      `${service.load}/s`,
    ]),
  ]);
}

function sliderValue(event: Event): number {
  const slider = targetOf(event);
  return slider instanceof HTMLInputElement ? Number(slider.value) : 0;
}
