import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import { on, targetOf } from '../dom/events.ts';
import type { Service } from '../model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { isSafeUrl } from '../text/inline.ts';
import { inBackground } from './notices.ts';

const MOST_REQUESTS_PER_SECOND = 50;

/** What really answers, measured on the public side of each service: the proof beside Forge's words. */
export function drawServices(state: PageState, actions: PageActions): HTMLElement {
  const { services, faults } = state.workspace;
  const cards = services.map((service) => drawService(service, state, actions));
  const nothing = element('p', { class: 'side-note' }, ['No services are running in this sandbox.']);
  return element('div', { class: 'services' }, [
    ...(cards.length > 0 ? cards : [nothing]),
    faults.length > 0 ? drawFaults(faults) : undefined,
  ]);
}

export function serviceKey(service: Service): string {
  return `${service.name}/${service.environment}/${service.region}`;
}

function drawService(service: Service, state: PageState, actions: PageActions): HTMLElement {
  return element('section', { class: 'service', 'data-key': serviceKey(service) }, [
    element('div', { class: 'service-head' }, [
      element('h3', {}, [service.name]),
      element('span', { class: 'pane-topic' }, [`${service.environment} · ${service.region}`]),
    ]),
    element('div', { class: 'service-live' }, [
      element('span', { class: 'service-version' }, [service.live?.version ?? 'No answer']),
      element('span', { class: 'pane-topic' }, [liveWords(service)]),
    ]),
    service.weights === undefined ? undefined : drawWeights(service.weights),
    element('dl', { class: 'figures' }, [
      ...figure('Requests', `${(state.requestRates.get(serviceKey(service)) ?? 0).toFixed(1)}/s`),
      ...figure('Answered', String(service.requests - service.failures)),
      ...figure('Failed', String(service.failures), service.failures > 0 ? 'bad' : undefined),
    ]),
    drawTasks(service),
    service.url === undefined ? undefined : drawLoad(service, actions),
    service.url !== undefined && isSafeUrl(service.url) ? drawAddress(service.url) : undefined,
  ]);
}

function liveWords({ live }: Service): string {
  if (live === undefined) return 'nothing is live';
  return live.colour === 'only' || live.colour === '' ? 'live' : `live on ${live.colour}`;
}

function drawWeights({ blue, green }: { blue: number; green: number }): HTMLElement {
  return element('div', { class: 'weights' }, [
    element('progress', { max: 100, value: blue, 'aria-label': 'Share of requests on blue' }),
    element('span', {}, [`blue ${Math.round(blue)} % · green ${Math.round(green)} %`]),
  ]);
}

function figure(name: string, value: string, mood?: string): Child[] {
  return [element('dt', {}, [name]), element('dd', { class: mood }, [value])];
}

function drawTasks({ tasks }: Service): HTMLElement {
  const rows = tasks.map(({ id, version, state }) =>
    element('li', { 'data-key': id }, [
      element('span', { class: 'task-version' }, [version]),
      element('span', { class: 'pane-topic' }, [state.toLowerCase().replaceAll('_', ' ')]),
    ]),
  );
  return element('ul', { class: 'service-tasks', 'aria-label': 'Tasks' }, rows);
}

function drawLoad(service: Service, actions: PageActions): HTMLElement {
  const slider = element('input', {
    type: 'range',
    min: 0,
    max: MOST_REQUESTS_PER_SECOND,
    step: 5,
    value: 0,
    'aria-label': `Load on ${service.name}, requests per second`,
  });
  on(slider, 'input', (event) => {
    const label = targetOf(event).parentElement?.querySelector('.load-value');
    if (label) label.textContent = `${sliderValue(event)}/s`;
  });
  on(slider, 'change', (event) => inBackground(actions.setLoad(service, sliderValue(event))));
  return element('label', { class: 'load' }, [
    'Send load',
    slider,
    element('span', { class: 'load-value', 'data-local': true }, ['0/s']),
  ]);
}

function sliderValue(event: Event): number {
  const slider = targetOf(event);
  return slider instanceof HTMLInputElement ? Number(slider.value) : 0;
}

function drawAddress(url: string): HTMLElement {
  return element('a', { class: 'service-address', href: url, target: '_blank', rel: 'noopener noreferrer' }, [
    url,
  ]);
}

function drawFaults(faults: readonly string[]): HTMLElement {
  return element('section', { class: 'service', 'data-key': 'faults' }, [
    element('h3', {}, ['Faults that are set']),
    element(
      'ul',
      { class: 'service-tasks' },
      faults.map((line) => element('li', {}, [line])),
    ),
  ]);
}
