import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';
import { charactersAtMost, itemsAtLeast, itemsAtMost, known, type Row } from './rules.ts';
import {
  bars,
  button,
  card,
  chart,
  container,
  input,
  knowsAll,
  letters,
  markup,
  paragraph,
  picture,
  pie,
  plain,
  section,
  several,
} from './samples.ts';

const buttons = (count: number) => several(count, (index) => button({ action_id: `${index}` }));
const carousel = (count: number) => ({ type: 'carousel', elements: several(count, () => card()) });
const labelled = (label: string) => chart({ chart: { type: 'pie', segments: [{ label, value: 1 }] } });

const rows: Row[] = [
  charactersAtMost('a chart’s title', 50, (text) => chart({ title: text }), '/title'),
  charactersAtMost('a label', 20, labelled, '/chart/segments/0/label'),
  itemsAtMost('a pie', 6, (count) => chart({ chart: pie(count) }), '/chart/segments'),
  [
    'a piece is above 0',
    chart({ chart: { type: 'pie', segments: [{ label: 'x', value: 0.1 }] } }),
    chart({ chart: { type: 'pie', segments: [{ label: 'x', value: 0 }] } }),
    '/chart/segments/0/value',
    'must be greater than 0',
  ],
  itemsAtMost('a chart’s series', 6, (count) => chart({ chart: bars(count) }), '/chart/series'),
  itemsAtMost(
    'a series',
    20,
    (count) =>
      chart({
        chart: {
          ...bars(1, count),
          axis_config: { categories: several(Math.min(count, 20), (index) => `${index}`) },
        },
      }),
    '/chart/series/0/data',
  ),
  charactersAtMost(
    'the name of an axis',
    50,
    (text) => chart({ chart: { ...bars(), axis_config: { categories: ['0'], x_label: text } } }),
    '/chart/axis_config/x_label',
  ),
  [
    'series have names of their own',
    chart({ chart: bars(2) }),
    chart({ chart: { ...bars(), series: [...bars().series, ...bars().series] } }),
    '/chart/series/1/name',
    'series names must be unique',
  ],
  [
    'a series has a point for each category',
    chart(),
    chart({ chart: { ...bars(), axis_config: { categories: ['other'] } } }),
    '/chart/series/0/data',
    'data labels must match `categories`',
  ],
  [
    'a chart is of a kind Slack draws',
    chart(),
    chart({ chart: { type: 'radar' } }),
    '/chart/type',
    'unsupported type: radar',
  ],
  [
    'a card is not empty',
    card(),
    card({ title: undefined, subtitle: markup() }),
    '',
    'must define at least one of `hero_image`, `title`, `actions` or `body`',
  ],
  itemsAtMost('a card', 3, (count) => card({ actions: buttons(count) }), '/actions'),
  [
    'a card has one icon',
    card({ slack_icon: { type: 'icon', name: 'rocket' } }),
    card({ icon: picture(), slack_icon: { type: 'icon', name: 'rocket' } }),
    '',
    'must define either `icon` or `slack_icon`, not both',
  ],
  known('an icon', 'gear', (word) => card({ slack_icon: { type: 'icon', name: word } }), '/slack_icon/name'),
  [
    'a card has buttons only',
    card({ actions: [button()] }),
    card({ actions: [{ type: 'datepicker' }] }),
    '/actions/0/type',
    'unsupported type: datepicker',
  ],
  itemsAtMost('a carousel', 10, carousel, '/elements'),
  itemsAtLeast('a carousel', 1, carousel, '/elements'),
  [
    'a carousel holds cards',
    carousel(1),
    { type: 'carousel', elements: [section()] },
    '/elements/0/type',
    'unsupported type: section',
  ],
  itemsAtMost(
    'a container',
    10,
    (count) => container({ child_blocks: several(count, () => section()) }),
    '/child_blocks',
  ),
  itemsAtLeast(
    'a container',
    1,
    (count) => container({ child_blocks: several(count, () => section()) }),
    '/child_blocks',
  ),
  charactersAtMost('a container’s title', 150, (text) => container({ title: plain(text) }), '/title/text'),
  [
    'a container has one title',
    container({ rich_text_title: paragraph() }),
    container({ title: plain(), rich_text_title: paragraph() }),
    '',
    'must define either `title` or `rich_text_title`, not both',
  ],
  known('a width', 'full', (word) => container({ width: word }), '/width'),
];

describe('a rule of Slack’s charts, cards and containers', () => {
  it.each(rows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([inside], knowsAll)).toEqual([]);
    expect(blockErrors([outside], knowsAll)).toEqual([`${message} [json-pointer:/blocks/0${at}]`]);
  });

  it.each([
    ['title', 150],
    ['subtitle', 150],
    ['body', 200],
    ['subtext', 200],
  ])('is that the %s of a card has at most %d characters', (part, most) => {
    const saying = (text: string) => [card({ [part]: markup(text) })];

    expect(blockErrors(saying(letters(most)), knowsAll)).toEqual([]);
    expect(blockErrors(saying(letters(most + 1)), knowsAll)).toEqual([
      `failed to match all allowed schemas [json-pointer:/blocks/0/${part}]`,
      `must be less than ${most + 1} characters [json-pointer:/blocks/0/${part}/text]`,
    ]);
  });

  it.each([
    ['a rich text', paragraph()],
    ['an input', input()],
    ['a header', { type: 'header', text: plain() }],
    ['a picture', picture()],
    ['a card', card()],
    ['Markdown', { type: 'markdown', text: 'x' }],
  ])('is that a container holds no %s', (_what, child) => {
    expect(blockErrors([container({ child_blocks: [child] })], knowsAll)).toEqual([
      `unsupported type: ${child.type} [json-pointer:/blocks/0/child_blocks/0/type]`,
    ]);
  });

  it('is that ids inside containers and carousels count too', () => {
    const twice = (child: object) => ({ ...child, block_id: 'a' });
    const ofCards = { type: 'carousel', elements: [twice(card()), twice(card())] };

    expect(
      blockErrors([container({ child_blocks: [twice(section())] }), twice(section())], knowsAll),
    ).toEqual(['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]']);
    expect(blockErrors([ofCards], knowsAll)).toEqual([
      '`block_id` "a" already exists [json-pointer:/blocks/0/elements/1/block_id]',
    ]);
  });

  it('is that a card is a block of its own: another one may use its action_id', () => {
    const pressed = () => card({ actions: [button()] });

    expect(blockErrors([{ type: 'carousel', elements: [pressed(), pressed()] }], knowsAll)).toEqual([]);
    expect(blockErrors([card({ actions: [button(), button()] })], knowsAll)).toEqual([
      '`action_id` "go" already exists [json-pointer:/blocks/0/actions/1/action_id]',
    ]);
  });
});
