import { element } from '../dom/element.ts';
import { svg } from '../dom/svg.ts';
import type { Service, TrafficSecond } from '../service-model.ts';
import type { Tones } from './tones.ts';
import { bandPaths, chartTop, failurePath, trafficFigures } from './traffic-shape.ts';
import type { RunningVersion } from './versions.ts';
import { byVersionNumber, hasColour } from './versions.ts';

const HEIGHT = 40;

/** The requests of the last minute, stacked by what answered them, with failures in red before them. */
export function drawTrafficChart(
  service: Service,
  versions: readonly RunningVersion[],
  tones: Tones,
): HTMLElement {
  const { traffic } = service;
  const scale = { top: chartTop(traffic), height: HEIGHT };
  const bands = bandsOf(traffic, versions);
  const drawn = bandPaths(bands, scale).map(({ key, path }, index) => {
    const band = bands[index] ?? { version: '', colour: '' };
    return svg('path', { 'data-key': key, class: tones.toneOf(service, band), d: path });
  });
  const failures = svg('path', { 'data-key': 'failures', class: 'failures', d: failurePath(traffic, scale) });
  const picture = svg(
    'svg',
    {
      viewBox: `0 0 ${Math.max(1, traffic.length)} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': words(traffic, scale.top),
    },
    [...drawn, failures],
  );
  return element('figure', { class: 'traffic' }, [
    picture,
    element('figcaption', { 'aria-hidden': 'true' }, [
      element('span', {}, [`${traffic.length} s ago`]),
      element('span', {}, ['now']),
    ]),
    element('span', { class: 'traffic-top', 'aria-hidden': 'true' }, [`${scale.top}/s`]),
  ]);
}

type NamedBand = { key: string; version: string; colour: string; counts: number[] };

/** A service with colours is stacked by colour, any other by version; what gave no answer comes on top. */
function bandsOf(traffic: readonly TrafficSecond[], versions: readonly RunningVersion[]): NamedBand[] {
  if (versions.some(({ colour }) => hasColour(colour))) {
    return ['blue', 'green'].map((colour) => ({
      key: colour,
      version: '',
      colour,
      counts: traffic.map(({ byColour }) => byColour[colour] ?? 0),
    }));
  }
  const names = new Set(traffic.flatMap(({ byVersion }) => Object.keys(byVersion)));
  const sorted = [...names].toSorted(byVersionNumber);
  return sorted.map((version) => ({
    key: version,
    version,
    colour: 'only',
    counts: traffic.map(({ byVersion }) => byVersion[version] ?? 0),
  }));
}

function words(traffic: readonly TrafficSecond[], top: number): string {
  const { rate, failures } = trafficFigures(traffic);
  const failed = failures === 0 ? 'none failed' : `${failures} failed`;
  return `Requests of the last ${traffic.length} seconds: now ${rate.toFixed(1)} per second, ${failed}. The scale ends at ${top} per second.`;
}
