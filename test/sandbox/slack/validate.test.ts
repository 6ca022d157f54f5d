import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const markup = (text: string) => ({ type: 'mrkdwn', text });
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ text: plain(`Option ${index}`), value: `${index}` }));
const paragraph = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
const task = (more: object = {}) => ({
  type: 'task_card',
  task_id: 'shift',
  title: 'Shift',
  status: 'pending',
  ...more,
});
const table = (rows: number, text = 'x') => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => [{ type: 'raw_text', text }]),
});

describe('blocks of a message', () => {
  it('are accepted in every form Forge sends', () => {
    const blocks = [
      { type: 'header', text: plain('checkout → production') },
      { type: 'section', text: markup('*v1.2*'), accessory: button({ style: 'primary' }) },
      { type: 'section', fields: [markup('a'), plain('b')] },
      {
        type: 'context',
        elements: [markup('by Sam'), { type: 'image', image_url: 'https://a.example/i.png', alt_text: 'i' }],
      },
      { type: 'divider' },
      {
        type: 'plan',
        title: 'Plan',
        tasks: [task(), task({ task_id: '2', status: 'complete', details: paragraph('x') })],
      },
      { ...table(2), column_settings: [{ align: 'right', is_wrapped: true }] },
      { type: 'markdown', text: '**done**' },
      paragraph('text'),
      actions(
        button({
          confirm: {
            title: plain('Sure?'),
            text: markup('Really'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        }),
        { type: 'static_select', action_id: 'pick', options: options(100), placeholder: plain('Pick') },
        { type: 'overflow', action_id: 'more', options: options(5) },
        { type: 'datepicker', action_id: 'day', initial_date: '2026-11-22' },
        { type: 'datetimepicker', action_id: 'at', initial_date_time: 1_795_000_000 },
        { type: 'checkboxes', action_id: 'check', options: options(10) },
        { type: 'radio_buttons', action_id: 'radio', options: options(2) },
      ),
      {
        type: 'data_visualization',
        title: 'Deployments',
        chart: {
          type: 'bar',
          series: [{ name: 'all', data: [{ label: 'Mon', value: 3 }] }],
          axis_config: { categories: ['Mon'] },
        },
      },
    ];

    expect(blockErrors(blocks, true)).toEqual([]);
  });

  it.each([
    [
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    ],
    [
      [{ type: 'header', text: markup('x') }],
      ['must be a valid enum value [json-pointer:/blocks/0/text/type]'],
    ],
    [[{ type: 'header' }], ['missing required field: text [json-pointer:/blocks/0]']],
    [[{ type: 'header', text: 'x' }], ['must provide an object [json-pointer:/blocks/0/text]']],
    [[{ type: 'section' }], ['must define either `text` or `fields` [json-pointer:/blocks/0]']],
    [
      [{ type: 'section', text: markup('') }],
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
        'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
      ],
    ],
    [[{ type: 'divider', colour: 'red' }], ['invalid additional property: colour [json-pointer:/blocks/0]']],
    [[{ type: 'banner' }], ['unsupported type: banner [json-pointer:/blocks/0/type]']],
    [[{ type: 'alert', text: plain('x') }], ['unsupported type: alert [json-pointer:/blocks/0/type]']],
    [[actions()], ['must provide at least 1 items [json-pointer:/blocks/0/elements]']],
    [
      [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` })))],
      ['no more than 25 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    [
      [{ type: 'divider' }, actions(button(), button())],
      ['`action_id` "go" already exists [json-pointer:/blocks/1/elements/1/action_id]'],
    ],
    [
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      ['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'],
    ],
    [
      [actions(button({ style: 'warning' }))],
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/elements/0]',
        'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
      ],
    ],
    [
      [{ type: 'section', text: markup('x'), accessory: { type: 'datetimepicker', action_id: 'at' } }],
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/accessory]',
        'unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]',
      ],
    ],
    [
      [actions({ type: 'overflow', action_id: 'more', options: options(6) })],
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/elements/0]',
        'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
      ],
    ],
    [[{ type: 'plan', title: plain('Plan') }], ['must provide a string [json-pointer:/blocks/0/title]']],
    [
      [{ type: 'plan', title: 'Plan', tasks: [task({ status: 'done' })] }],
      ['must be a valid enum value [json-pointer:/blocks/0/tasks/0/status]'],
    ],
    [[task()], ['must be a valid enum value [json-pointer:/blocks/0/status]']],
    [[table(1), table(1)], ['only one table is allowed [json-pointer:/blocks/1]']],
    [[table(101)], ['no more than 100 items allowed [json-pointer:/blocks/0/rows]']],
    [[table(3, 'x'.repeat(4000))], ['must be less than 10001 characters [json-pointer:/blocks/0/rows]']],
    [
      [
        { type: 'markdown', text: 'x'.repeat(7000) },
        { type: 'markdown', text: 'x'.repeat(7000) },
      ],
      ['must be less than 12001 characters [json-pointer:/blocks/1/text]'],
    ],
    [
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
      ['no more than 50 items allowed [json-pointer:/blocks]'],
    ],
    [
      [{ type: 'image', alt_text: 'x', image_url: 'http://127.0.0.1:4000/chart.png' }],
      ['downloading image failed [json-pointer:/blocks/0/image_url]'],
    ],
    [
      [{ type: 'image', alt_text: 'x' }],
      ['must define either `image_url` or `slack_file` [json-pointer:/blocks/0]'],
    ],
  ])('are refused as Slack words it: %j', (blocks, lines) => {
    expect(blockErrors(blocks, true)).toEqual(lines);
  });

  it.each(['plan', 'task_card', 'table', 'markdown', 'container', 'card', 'data_visualization'])(
    'of type %s are unknown to a workspace without the new blocks',
    (type) => {
      expect(blockErrors([{ type }], false)).toEqual([
        `unsupported type: ${type} [json-pointer:/blocks/0/type]`,
      ]);
    },
  );
});
