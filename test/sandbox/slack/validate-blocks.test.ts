import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';
import { between, charactersAtMost, itemsAtLeast, itemsAtMost, type Row } from './rules.ts';
import {
  actions,
  address,
  button,
  context,
  input,
  knowsAll,
  letters,
  markup,
  picture,
  plain,
  section,
  several,
} from './samples.ts';

const header = (text: string, more: object = {}) => ({ type: 'header', text: plain(text), ...more });
const divider = { type: 'divider' };
const field = { type: 'plain_text_input' };
const buttons = (count: number) => several(count, (index) => button({ action_id: `${index}` }));

const rows: Row[] = [
  charactersAtMost('a block_id', 255, (text) => ({ ...divider, block_id: text }), '/block_id'),
  [
    'a block_id is not empty',
    { ...divider, block_id: 'x' },
    { ...divider, block_id: '' },
    '/block_id',
    'must be more than 0 characters',
  ],
  ['a block has a type', divider, {}, '', 'missing required field: type'],
  ['a block has a type Slack knows', divider, { type: 'banner' }, '/type', 'unsupported type: banner'],
  [
    'a file is shown and never posted',
    divider,
    { type: 'file', external_id: 'x', source: 'remote' },
    '/type',
    'unsupported type: file',
  ],
  [
    'a block has no other field',
    divider,
    { ...divider, colour: 'red' },
    '',
    'invalid additional property: colour',
  ],
  [
    'a text is plain or mrkdwn',
    section(),
    section({ text: { type: 'markdown', text: 'x' } }),
    '/text/type',
    'unsupported type: markdown',
  ],
  [
    'a section has a text or fields',
    { type: 'section', fields: [markup()] },
    { type: 'section' },
    '',
    'must define either `text` or `fields`',
  ],
  itemsAtMost('a section', 10, (count) => section({ fields: several(count, () => markup()) }), '/fields'),
  itemsAtLeast('a section', 1, (count) => section({ fields: several(count, () => markup()) }), '/fields'),
  [
    'a section expands or does not',
    section({ expand: true }),
    section({ expand: 'yes' }),
    '/expand',
    'must provide a boolean',
  ],
  charactersAtMost('a header', 150, (text) => header(text), '/text/text'),
  ['a header has a text', header('x'), { type: 'header' }, '', 'missing required field: text'],
  [
    'the text of a header is an object',
    header('x'),
    { type: 'header', text: 'x' },
    '/text',
    'must provide an object',
  ],
  [
    'a header is plain text',
    header('x'),
    { type: 'header', text: markup() },
    '/text/type',
    'must be a valid enum value',
  ],
  ...between('the level of a header', [1, 4], (level) => header('x', { level }), '/level'),
  itemsAtMost('a context', 10, (count) => context(...several(count, () => markup())), '/elements'),
  itemsAtLeast('a context', 1, (count) => context(...several(count, () => markup())), '/elements'),
  charactersAtMost('a text of a context', 3000, (text) => context(plain(text)), '/elements/0/text'),
  [
    'a context takes texts and pictures only',
    context(picture()),
    context(button()),
    '/elements/0/type',
    'unsupported type: button',
  ],
  itemsAtMost('a block of actions', 25, (count) => actions(...buttons(count)), '/elements'),
  itemsAtLeast('a block of actions', 1, (count) => actions(...buttons(count)), '/elements'),
  [
    'actions take no field',
    actions(button()),
    actions({ type: 'plain_text_input' }),
    '/elements/0/type',
    'unsupported type: plain_text_input',
  ],
  charactersAtMost('a label', 2000, (text) => input(field, { label: plain(text) }), '/label/text'),
  charactersAtMost('a hint', 2000, (text) => input(field, { hint: plain(text) }), '/hint/text'),
  ['an input takes no button', input(), input(button()), '/element/type', 'unsupported type: button'],
  [
    'a picture has one source',
    picture(),
    { type: 'image', alt_text: 'x' },
    '',
    'must define either `image_url` or `slack_file`',
  ],
  [
    'a picture says what it shows',
    picture(),
    picture({ alt_text: undefined }),
    '',
    'missing required field: alt_text',
  ],
  charactersAtMost('what a picture shows', 2000, (text) => picture({ alt_text: text }), '/alt_text'),
  charactersAtMost('the title of a picture', 2000, (text) => picture({ title: plain(text) }), '/title/text'),
  charactersAtMost(
    'the address of a picture',
    3000,
    (text) => picture({ image_url: address(text.length) }),
    '/image_url',
  ),
  [
    'a rich text holds sections, lists, quotations and code',
    { type: 'rich_text', elements: [] },
    { type: 'rich_text', elements: [section()] },
    '/elements/0/type',
    'unsupported type: section',
  ],
];

describe('a rule of Slack’s blocks', () => {
  it.each(rows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([inside], knowsAll)).toEqual([]);
    expect(blockErrors([outside], knowsAll)).toEqual([`${message} [json-pointer:/blocks/0${at}]`]);
  });

  it('is that a message has at most 50 blocks', () => {
    expect(
      blockErrors(
        several(50, () => divider),
        knowsAll,
      ),
    ).toEqual([]);
    expect(
      blockErrors(
        several(51, () => divider),
        knowsAll,
      ),
    ).toEqual(['no more than 50 items allowed [json-pointer:/blocks]']);
  });

  it('is that a block is an object', () => {
    expect(blockErrors(['divider'], knowsAll)).toEqual(['must provide an object [json-pointer:/blocks/0]']);
  });

  it('is that an id is there once: of a block in the message, of an element in its block', () => {
    const named = (id: string) => ({ ...divider, block_id: id });

    expect(blockErrors([named('a'), named('b'), actions(button()), actions(button())], knowsAll)).toEqual([]);
    expect(blockErrors([named('a'), named('a')], knowsAll)).toEqual([
      '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
    ]);
    expect(blockErrors([divider, actions(button(), button())], knowsAll)).toEqual([
      '`action_id` "go" already exists [json-pointer:/blocks/1/elements/1/action_id]',
    ]);
  });

  it.each([
    ['text', 3000, (text: string) => section({ text: markup(text) }), '/text'],
    ['field', 2000, (text: string) => section({ fields: [plain(text)] }), '/fields/0'],
  ])(
    'is that a %s of a section has at most %d characters, it being named whole first',
    (_what, most, make, at) => {
      expect(blockErrors([make(letters(most))], knowsAll)).toEqual([]);
      expect(blockErrors([make(letters(most + 1))], knowsAll)).toEqual([
        `failed to match all allowed schemas [json-pointer:/blocks/0${at}]`,
        `must be less than ${most + 1} characters [json-pointer:/blocks/0${at}/text]`,
      ]);
      expect(blockErrors([make('')], knowsAll)).toEqual([
        `failed to match all allowed schemas [json-pointer:/blocks/0${at}]`,
        `must be more than 0 characters [json-pointer:/blocks/0${at}/text]`,
      ]);
    },
  );

  it('is that only mrkdwn can be verbatim', () => {
    expect(blockErrors([section({ text: { ...markup(), verbatim: true } })], knowsAll)).toEqual([]);
    expect(blockErrors([section({ text: { ...plain(), verbatim: true } })], knowsAll)).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'invalid additional property: verbatim [json-pointer:/blocks/0/text]',
    ]);
  });

  it.each([
    'http://localhost:4000/x.png',
    'http://127.0.0.1/x.png',
    'http://[::1]/x.png',
    'http://10.1.2.3/x.png',
    'http://172.20.0.1/x.png',
    'http://192.168.1.1/x.png',
    'http://169.254.169.254/x.png',
    'http://build/x.png',
    'http://build.local/x.png',
  ])('is that Slack fetches every picture itself, which it can’t from %s', (url) => {
    expect(blockErrors([picture({ image_url: url })], knowsAll)).toEqual([
      'downloading image failed [json-pointer:/blocks/0/image_url]',
    ]);
  });

  it('is that a Slack file must be one of the workspace, which has none', () => {
    const byFile = (file: object) => [{ type: 'image', alt_text: 'x', slack_file: file }];

    expect(blockErrors(byFile({ id: 'F1' }), knowsAll)).toEqual([
      'invalid slack file [json-pointer:/blocks/0/slack_file]',
    ]);
    expect(blockErrors(byFile({ id: 'F1', url: 'https://acme.test' }), knowsAll)).toEqual([
      'must define either `id` or `url` [json-pointer:/blocks/0/slack_file]',
    ]);
  });
});
