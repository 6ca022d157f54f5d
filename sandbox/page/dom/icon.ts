const SVG = 'http://www.w3.org/2000/svg';

/** Line drawings on a 16 × 16 grid. */
const PATHS = {
  hash: 'M6.2 2.5 4.8 13.5M11.2 2.5 9.8 13.5M2.5 5.7h11.2M2.3 10.3h11.2',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M10 3 5 8l5 5',
  check: 'M3.5 8.5 6.7 11.7 12.5 4.8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  warning: 'M8 2.2 14.6 13.5H1.4L8 2.2ZM8 6.5v3.2M8 11.6h.01',
  send: 'M2.5 13.2 14 8 2.5 2.8 4.4 8l-1.9 5.2ZM4.4 8H9',
  home: 'M2.5 7.2 8 2.6l5.5 4.6v6.2h-4V9.8h-3v3.6h-4V7.2Z',
  pulse: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  external: 'M9.5 2.5h4v4M13.3 2.7 7.5 8.5M11.5 9.5v4h-9v-9h4',
  down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5',
  fold: 'M3.5 6 8 10.5 12.5 6',
  chat: 'M2.5 3h11v8h-6l-3 2.5V11h-2z',
  reply: 'M6.5 3.5 2.5 7.2l4 3.7M2.8 7.2h6.4c2.6 0 4.3 1.8 4.3 4.8v.5',
  up: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4M9.3 7v4',
  play: 'M2.5 3h11v10h-11zM6.5 5.8v4.4L10.2 8z',
  chart: 'M2.5 2.5v11h11M5 11l2.5-3.5 2 1.8L13 4.5',
  file: 'M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5',
  plus: 'M8 3v10M3 8h10',
  image: 'M2.5 3h11v10h-11zM2.8 11.5l3.4-3.6 2.6 2.6 1.8-1.7 2.7 2.6M10.5 6h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A decoration beside words: hidden from assistive technology. */
export function icon(name: IconName): SVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 16 16',
    class: `icon icon-${name}`,
    'aria-hidden': 'true',
    focusable: 'false',
  })) {
    drawing.setAttribute(attribute, value);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  drawing.append(path);
  return drawing;
}
