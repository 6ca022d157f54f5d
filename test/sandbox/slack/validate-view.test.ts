import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../../sandbox/slack/validate.ts';
import { refusalOf, startWorkspace } from './harness.ts';
import { charactersAtMost, itemsAtMost, type Row } from './rules.ts';
import {
  input,
  knowsAll,
  letters,
  modal,
  option,
  options,
  plain,
  section,
  several,
  table,
} from './samples.ts';

const divider = { type: 'divider' };
const focused = () => input({ type: 'plain_text_input', focus_on_load: true });
const sent = (...blocks: unknown[]) => modal({ submit: plain(), blocks });

const rows: Row[] = [
  charactersAtMost('a title', 24, (text) => modal({ title: plain(text) }), '/title/text'),
  charactersAtMost('the submit of a modal', 24, (text) => modal({ submit: plain(text) }), '/submit/text'),
  charactersAtMost('the close of a modal', 24, (text) => modal({ close: plain(text) }), '/close/text'),
  charactersAtMost(
    'what a modal hides',
    3000,
    (text) => modal({ private_metadata: text }),
    '/private_metadata',
  ),
  charactersAtMost('a callback_id', 255, (text) => modal({ callback_id: text }), '/callback_id'),
  charactersAtMost('an external_id', 255, (text) => modal({ external_id: text }), '/external_id'),
  itemsAtMost('a modal', 100, (count) => modal({ blocks: several(count, () => divider) }), '/blocks'),
  ['a modal has a title', modal(), modal({ title: undefined }), '', 'missing required field: title'],
  ['a modal has blocks', modal(), modal({ blocks: undefined }), '', 'missing required field: blocks'],
  ['a modal has no other field', modal(), modal({ footer: 'x' }), '', 'invalid additional property: footer'],
  [
    'a modal can’t hold its submit back',
    modal(),
    modal({ submit_disabled: true }),
    '',
    'invalid additional property: submit_disabled',
  ],
  ['a title is plain text', modal(), modal({ title: 'Deploy' }), '/title', 'must provide an object'],
  ['a modal is one', modal(), { blocks: [] }, '', 'missing required field: type'],
  ['a modal is of its type', modal(), modal({ type: 'form' }), '/type', 'must be a valid enum value'],
  [
    'a modal is no Home',
    modal(),
    { type: 'home', blocks: [] },
    '/type',
    "must match the `type` of the root view whose stack we're pushing onto",
  ],
  [
    'a modal with an input has a submit',
    sent(input()),
    modal({ blocks: [divider, input()] }),
    '/blocks/1/input',
    'must define `submit` to use an `input` block in modals',
  ],
  [
    'one element has the focus',
    sent(focused(), input()),
    sent(focused(), focused()),
    '/blocks/1/element/focus_on_load',
    'only one element can have `focus_on_load` set to true',
  ],
  [
    'a block_id is there once',
    sent({ ...divider, block_id: 'a' }),
    sent({ ...divider, block_id: 'a' }, { ...divider, block_id: 'a' }),
    '/blocks/1/block_id',
    '`block_id` "a" already exists',
  ],
];

describe('a modal', () => {
  it.each(rows)('keeps the rule: %s', (_rule, inside, outside, at, message) => {
    expect(viewErrors(inside, 'modal', knowsAll)).toEqual([]);
    expect(viewErrors(outside, 'modal', knowsAll)).toEqual([`${message} [json-pointer:/view${at}]`]);
  });

  it('is taken with every input Forge uses', () => {
    const text = {
      type: 'plain_text_input',
      multiline: true,
      min_length: 1,
      max_length: 3000,
      placeholder: plain('…'),
    };
    const blocks = [
      input(text, { optional: true }),
      input({ type: 'static_select', option_groups: [{ label: plain(), options: options(2) }] }),
      input({ type: 'datetimepicker', initial_date_time: 1_795_000_000 }, { dispatch_action: true }),
      input({ type: 'checkboxes', options: options(2), initial_options: [option(1)] }),
      input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '100' }),
      { type: 'alert', text: plain('Careful'), level: 'warning' },
    ];

    expect(viewErrors(modal({ submit: plain('Go'), blocks }), 'modal', knowsAll)).toEqual([]);
  });

  it('is an object', () => {
    expect(viewErrors(undefined, 'modal', knowsAll)).toEqual(['must provide an object [json-pointer:/view]']);
  });
});

describe('a Home', () => {
  it.each(['title', 'submit', 'close'])('has no %s', (field) => {
    expect(viewErrors({ type: 'home', blocks: [], [field]: plain() }, 'home', knowsAll)).toEqual([
      `invalid additional property: ${field} [json-pointer:/view]`,
    ]);
  });

  it('has at most 100 blocks, inputs too and without a submit', () => {
    const home = (count: number) => ({
      type: 'home',
      blocks: [input(), ...several(count - 1, () => divider)],
    });

    expect(viewErrors(home(100), 'home', knowsAll)).toEqual([]);
    expect(viewErrors(home(101), 'home', knowsAll)).toEqual([
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ]);
  });
});

describe('a refused view', () => {
  it('reaches a real client as invalid_arguments with Slack’s lines', async () => {
    const { client, slack } = await startWorkspace();
    const home = { type: 'home', blocks: [table(1)] };
    slack.configure({ newBlocks: false });

    const refusal = await refusalOf(client.apiCall('views.publish', { user_id: 'U0SAM', view: home }));

    expect(refusal).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] unsupported type: table [json-pointer:/view/blocks/0/type]'] },
    });
    expect(refusal).not.toHaveProperty('errors');
    slack.configure({ newBlocks: true });
    await expect(client.apiCall('views.publish', { user_id: 'U0SAM', view: home })).resolves.toMatchObject({
      ok: true,
    });
  });

  it('has more than 250,000 bytes', async () => {
    const { client } = await startWorkspace();
    const publish = (view: object) => client.apiCall('views.publish', { user_id: 'U0SAM', view });
    const long = () => section({ text: plain(letters(3000)) });

    await expect(publish({ type: 'home', blocks: several(80, long) })).resolves.toMatchObject({ ok: true });
    expect(await refusalOf(publish({ type: 'home', blocks: several(90, long) }))).toMatchObject({
      error: 'view_too_large',
    });
  });

  it('has an external_id that another view of the team has', async () => {
    const { client } = await startWorkspace();
    const publish = (user: string, id: string) =>
      client.apiCall('views.publish', {
        user_id: user,
        view: { type: 'home', blocks: [], external_id: id },
      });

    await publish('U0SAM', 'a');

    await expect(publish('U0SAM', 'a')).resolves.toMatchObject({ ok: true });
    await expect(publish('U0MAYA', 'b')).resolves.toMatchObject({ ok: true });
    expect(await refusalOf(publish('U0MAYA', 'a'))).toMatchObject({ error: 'duplicate_external_id' });
  });
});
