import { svg } from '../dom/svg.ts';
import type { Service } from '../service-model.ts';
import type { Tones } from './tones.ts';
import type { RunningVersion } from './versions.ts';
import { versionName } from './versions.ts';

/** Which part of the latest requests each version answered, as one bar. */
export function drawSplitBar(
  service: Service,
  versions: readonly RunningVersion[],
  tones: Tones,
): SVGSVGElement {
  let start = 0;
  const parts = versions.map((running) => {
    const percent = running.percent ?? 0;
    const tone = tones.toneOf(service, running);
    const part = svg('rect', {
      'data-key': running.key,
      class: tone,
      x: start,
      y: 0,
      width: percent,
      height: 1,
    });
    start += percent;
    return part;
  });
  const words = versions.map((running) => `${versionName(running)} ${Math.round(running.percent ?? 0)} %`);
  return svg(
    'svg',
    {
      class: 'split',
      viewBox: '0 0 100 1',
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': start === 0 ? 'Nothing answers' : `Answered by ${words.join(', ')}`,
    },
    parts,
  );
}
