import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../../sandbox/slack/validate.ts';
import { refusalOf, startWorkspace } from './harness.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ text: plain(`Option ${index}`), value: `${index}` }));
const table = (rows: number, text = 'x') => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => [{ type: 'raw_text', text }]),
});

describe('a view', () => {
  const modal = (more: object = {}) => ({ type: 'modal', title: plain('Deploy'), blocks: [], ...more });
  const input = (element: object, more: object = {}) => ({
    type: 'input',
    label: plain('L'),
    element,
    ...more,
  });
  const text = { type: 'plain_text_input', action_id: 'a' };

  it('is accepted with every input Forge uses', () => {
    const blocks = [
      input(
        { ...text, multiline: true, min_length: 1, max_length: 3000, placeholder: plain('…') },
        { optional: true },
      ),
      input({ type: 'static_select', option_groups: [{ label: plain('G'), options: options(2) }] }),
      input({ type: 'datetimepicker', initial_date_time: 1_795_000_000 }, { dispatch_action: true }),
      input({ type: 'checkboxes', options: options(2) }),
      input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '100' }),
      { type: 'alert', text: plain('Careful'), level: 'warning' },
    ];

    expect(viewErrors(modal({ submit: plain('Go'), blocks }), 'modal', true)).toEqual([]);
    expect(viewErrors({ type: 'home', blocks: [table(1)] }, 'home', true)).toEqual([]);
  });

  it.each([
    [
      modal({ title: plain('x'.repeat(25)) }),
      ['must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    [
      modal({ blocks: [input(text)] }),
      ['must define `submit` to use an `input` block in modals [json-pointer:/view/blocks]'],
    ],
    [
      modal({ blocks: [{ type: 'plan', title: 'Plan' }] }),
      ['unsupported type: plan [json-pointer:/view/blocks/0/type]'],
    ],
    [modal({ footer: 'x' }), ['invalid additional property: footer [json-pointer:/view]']],
    [{ type: 'modal', blocks: [] }, ['missing required field: title [json-pointer:/view]']],
    [
      modal({ private_metadata: 'x'.repeat(3001) }),
      ['must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    ],
    [
      { type: 'home', blocks: [] },
      ["must match the `type` of the root view whose stack we're pushing onto [json-pointer:/view/type]"],
    ],
    [
      modal({
        submit: plain('Go'),
        blocks: [input({ ...text, focus_on_load: true }), input({ ...text, focus_on_load: true })],
      }),
      [
        'only one element can have `focus_on_load` set to true [json-pointer:/view/blocks/1/element/focus_on_load]',
      ],
    ],
  ])('is refused as Slack words it: %j', (view, lines) => {
    expect(viewErrors(view, 'modal', true)).toEqual(lines);
  });

  it('has neither title nor Markdown as a Home', () => {
    const home = { type: 'home', title: plain('x'), blocks: [{ type: 'markdown', text: 'x' }] };

    expect(viewErrors(home, 'home', true)).toEqual([
      'invalid additional property: title [json-pointer:/view]',
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ]);
  });
});

describe('a refusal', () => {
  it('reaches a real client as Slack shapes it, for messages and for views', async () => {
    const { client, slack } = await startWorkspace();
    const post = client.apiCall('chat.postMessage', {
      channel: 'C0DEPLOYS',
      text: 'x',
      blocks: [{ type: 'section' }],
    });
    const line = 'must define either `text` or `fields` [json-pointer:/blocks/0]';

    expect(await refusalOf(post)).toMatchObject({
      error: 'invalid_blocks',
      errors: [line],
      response_metadata: { messages: [`[ERROR] ${line}`] },
    });
    slack.configure({ newBlocks: false });
    const home = { type: 'home', blocks: [table(1)] };
    expect(await refusalOf(client.apiCall('views.publish', { user_id: 'U0SAM', view: home }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] unsupported type: table [json-pointer:/view/blocks/0/type]'] },
    });
    slack.configure({ newBlocks: true });
    await expect(client.apiCall('views.publish', { user_id: 'U0SAM', view: home })).resolves.toMatchObject({
      ok: true,
    });
  });
});
