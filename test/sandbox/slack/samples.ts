import { GRANTED_SCOPES } from '../../../sandbox/slack/scopes.ts';

/** A workspace that knows every block, with the scopes Forge asks for. */
export const knowsAll = { newBlocks: true, scopes: GRANTED_SCOPES };

export const letters = (count: number) => 'x'.repeat(count);
export const several = (count: number, make: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => make(index));

export const plain = (text = 'x') => ({ type: 'plain_text', text });
export const markup = (text = 'x') => ({ type: 'mrkdwn', text });

export const option = (name: unknown = 'x') => ({ text: plain(`${name}`), value: `${name}` });
export const options = (count: number) => several(count, option);
export const button = (more: object = {}) => ({
  type: 'button',
  text: plain('Go'),
  action_id: 'go',
  ...more,
});
export const picture = (more: object = {}) => ({
  type: 'image',
  alt_text: 'x',
  image_url: 'https://acme.test/x.png',
  ...more,
});
export const paragraph = (text = 'x') => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

export const section = (more: object = {}) => ({ type: 'section', text: markup(), ...more });
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
export const context = (...elements: unknown[]) => ({ type: 'context', elements });
export const input = (element: object = { type: 'plain_text_input' }, more: object = {}) => ({
  type: 'input',
  label: plain(),
  element,
  ...more,
});

export const task = (more: object = {}) => ({
  type: 'task_card',
  task_id: 'shift',
  title: 'Shift',
  status: 'complete',
  ...more,
});
export const plan = (more: object = {}) => ({ type: 'plan', title: 'Plan', ...more });
export const cell = (text = 'x') => ({ type: 'raw_text', text });
export const table = (rows: number, text = 'x') => ({
  type: 'table',
  rows: several(rows, () => [cell(text)]),
});
export const dataTable = (more: object = {}) => ({
  type: 'data_table',
  caption: 'Services',
  rows: [[cell('Name')], [cell('api')]],
  ...more,
});
export const card = (more: object = {}) => ({ type: 'card', title: markup(), ...more });
export const container = (more: object = {}) => ({
  type: 'container',
  child_blocks: [section()],
  ...more,
});
const series = (name: string, points = 1) => ({
  name,
  data: several(points, (index) => ({ label: `${index}`, value: 1 })),
});
export const bars = (count = 1, points = 1) => ({
  type: 'bar',
  series: several(count, (index) => series(`s${index}`, points)),
  axis_config: { categories: several(points, (index) => `${index}`) },
});
export const chart = (more: object = {}) => ({
  type: 'data_visualization',
  title: 'Deployments',
  chart: bars(),
  ...more,
});
export const pie = (count: number) => ({
  type: 'pie',
  segments: several(count, (index) => ({ label: `${index}`, value: 1 })),
});
export const video = (more: object = {}) => ({
  type: 'video',
  alt_text: 'x',
  title: plain(),
  thumbnail_url: 'https://acme.test/x.png',
  video_url: 'https://acme.test/x',
  ...more,
});
export const modal = (more: object = {}) => ({ type: 'modal', title: plain('Deploy'), blocks: [], ...more });

/** An address of so many characters. */
export const address = (length: number) => 'https://acme.test/'.padEnd(length, 'x');
