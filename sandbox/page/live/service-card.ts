import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import type { PageActions } from '../page-state.ts';
import type { Service } from '../service-model.ts';
import { serviceKey } from '../service-model.ts';
import { isSafeUrl } from '../text/inline.ts';
import { drawLoadField } from './load-field.ts';
import { drawSplitBar } from './split-bar.ts';
import { drawTaskSquares, taskWords } from './task-squares.ts';
import type { Tones } from './tones.ts';
import { drawTrafficChart } from './traffic-chart.ts';
import { trafficFigures } from './traffic-shape.ts';
import type { RunningVersion } from './versions.ts';
import { hasColour, runningVersions, versionName } from './versions.ts';

/** One service in one environment, live: what answers, how much is asked, how well it goes, and its tasks. */
export function drawServiceCard(service: Service, tones: Tones, actions: PageActions): HTMLElement {
  const { name, environment, region, url } = service;
  const versions = runningVersions(service);
  const isWeb = url !== undefined;
  const attributes = {
    class: 'service',
    'data-key': serviceKey(service),
    'aria-label': `${name} in ${environment}, ${region}`,
  };
  return element('section', attributes, [
    element('div', { class: 'service-head' }, [
      element('h3', {}, [name]),
      element('span', { class: 'pane-topic' }, [`${environment} · ${region}`]),
    ]),
    element('div', { class: 'service-live' }, [
      element('span', { class: 'service-version' }, [service.live?.version ?? 'No answer']),
      element('span', { class: 'pane-topic' }, [liveWords(service)]),
    ]),
    isWeb ? drawSplitBar(service, versions, tones) : undefined,
    drawVersions(service, versions, tones),
    isWeb ? drawTrafficChart(service, versions, tones) : undefined,
    isWeb ? drawFigures(service) : undefined,
    isWeb ? drawLoadField(service, actions) : undefined,
    isWeb && isSafeUrl(url) ? drawAddress(url) : undefined,
  ]);
}

function liveWords({ live, url }: Service): string {
  if (live === undefined) return 'nothing is live';
  if (url === undefined) return 'running';
  return hasColour(live.colour) ? `live on ${live.colour}` : 'live';
}

function drawVersions(service: Service, versions: readonly RunningVersion[], tones: Tones): HTMLElement {
  const rows = versions.map((running) => {
    const tone = tones.toneOf(service, running);
    const percent = running.percent === undefined ? '' : `${Math.round(running.percent)} %`;
    return element('li', { 'data-key': running.key }, [
      element('span', { class: `swatch ${tone}`, 'aria-hidden': 'true' }),
      element('span', { class: 'version-name', title: versionName(running) }, [versionName(running)]),
      element('span', { class: 'version-percent' }, [percent]),
      drawTaskSquares(running.tasks, tone),
    ]);
  });
  return element('div', { class: 'versions' }, [
    element('ul', { class: 'version-rows', 'aria-label': 'Versions' }, rows),
    element('p', { class: 'task-words' }, [`Tasks: ${taskWords(service.tasks)}`]),
  ]);
}

function drawFigures({ traffic }: Service): HTMLElement {
  const { rate, failures, p95Ms } = trafficFigures(traffic);
  const answer = p95Ms === undefined ? '–' : `${Math.round(p95Ms)} ms`;
  return element('dl', { class: 'figures' }, [
    ...figure({ name: 'Requests', value: `${rate.toFixed(1)}/s` }),
    ...figure({ name: 'Errors in 60 s', value: String(failures), isBad: failures > 0 }),
    ...figure({ name: 'p95', value: answer, title: '95 % of the requests were answered within this time' }),
  ]);
}

function figure(given: { name: string; value: string; title?: string; isBad?: boolean }): Child[] {
  const { name, value, title, isBad = false } = given;
  return [element('dt', { title }, [name]), element('dd', { class: isBad ? 'bad' : undefined }, [value])];
}

function drawAddress(url: string): HTMLElement {
  return element('a', { class: 'service-address', href: url, target: '_blank', rel: 'noopener noreferrer' }, [
    url,
  ]);
}
