import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';
import { between, charactersAtMost, itemsAtLeast, itemsAtMost, type Row } from './rules.ts';
import { actions, input, knowsAll, letters, markup, option, options, plain, section } from './samples.ts';

const menu = (more: object = {}) => ({ type: 'static_select', options: options(2), ...more });
const grouped = (...groups: object[]) => ({ type: 'static_select', option_groups: groups });
const group = (more: object = {}) => ({ label: plain(), options: options(1), ...more });
const manyMenu = (more: object = {}) => ({ ...menu(more), type: 'multi_static_select' });
const offering = (more: object) => menu({ options: [{ ...option(), ...more }] });
const boxes = (count: number) => ({ type: 'checkboxes', options: options(count) });
const radios = (count: number) => ({ type: 'radio_buttons', options: options(count) });
const notOne = '`initial_option` must be one of the options';

const rows: Row[] = [
  itemsAtMost('a menu', 100, (count) => menu({ options: options(count) }), '/options'),
  itemsAtLeast('a menu', 1, (count) => menu({ options: options(count) }), '/options'),
  [
    'a menu has options or groups',
    menu(),
    { type: 'static_select' },
    '',
    'must define either `options` or `option_groups`',
  ],
  [
    'a menu has not both',
    grouped(group()),
    menu({ option_groups: [group()] }),
    '',
    'must define either `options` or `option_groups`',
  ],
  [
    'a menu has at most 100 groups',
    grouped(...options(100).map(() => group())),
    grouped(...options(101).map(() => group())),
    '/option_groups',
    'no more than 100 items allowed',
  ],
  itemsAtMost(
    'a group',
    100,
    (count) => grouped(group({ options: options(count) })),
    '/option_groups/0/options',
  ),
  charactersAtMost(
    'a group’s label',
    75,
    (text) => grouped(group({ label: plain(text) })),
    '/option_groups/0/label/text',
  ),
  charactersAtMost('an option', 75, (text) => offering({ text: plain(text) }), '/options/0/text/text'),
  charactersAtMost('an option’s value', 150, (text) => offering({ value: text }), '/options/0/value'),
  charactersAtMost(
    'a description',
    75,
    (text) => offering({ description: plain(text) }),
    '/options/0/description/text',
  ),
  [
    'an option of a menu is plain',
    offering({}),
    offering({ text: markup() }),
    '/options/0/text/type',
    'must be a valid enum value',
  ],
  [
    'an option has a value',
    menu(),
    menu({ options: [{ text: plain() }] }),
    '/options/0',
    'missing required field: value',
  ],
  [
    'an option links nowhere',
    menu(),
    offering({ url: 'https://acme.test' }),
    '/options/0',
    'invalid additional property: url',
  ],
  charactersAtMost('a placeholder', 150, (text) => menu({ placeholder: plain(text) }), '/placeholder/text'),
  [
    'what is chosen at first is an option',
    menu({ initial_option: option(1) }),
    menu({ initial_option: option(2) }),
    '/initial_option',
    notOne,
  ],
  [
    'what is chosen at first is worded as the option',
    menu({ initial_option: option(1) }),
    menu({ initial_option: { ...option(1), text: plain('One') } }),
    '/initial_option',
    notOne,
  ],
  [
    'what is chosen at first may be in a group',
    { ...grouped(group()), initial_option: option(0) },
    { ...grouped(group()), initial_option: option(1) },
    '/initial_option',
    notOne,
  ],
  [
    'all that is chosen at first are options',
    manyMenu({ initial_options: [option(0), option(1)] }),
    manyMenu({ initial_options: [option(0), option(9)] }),
    '/initial_options/1',
    '`initial_options` must be some of the options',
  ],
  [
    'one may be chosen at least',
    manyMenu({ max_selected_items: 1 }),
    manyMenu({ max_selected_items: 0 }),
    '/max_selected_items',
    'must be greater than 0',
  ],
  [
    'one is chosen where only one can be',
    menu(),
    menu({ max_selected_items: 1 }),
    '',
    'invalid additional property: max_selected_items',
  ],
  [
    'an external menu may ask before anything is typed',
    { type: 'external_select', min_query_length: 0 },
    { type: 'external_select', min_query_length: -1 },
    '/min_query_length',
    'must be greater than -1',
  ],
  [
    'an external menu has no options of its own',
    { type: 'multi_external_select', min_query_length: 3 },
    { type: 'multi_external_select', options: options(1) },
    '',
    'invalid additional property: options',
  ],
  [
    'a filter of conversations filters',
    { type: 'conversations_select', filter: { include: ['im'] } },
    { type: 'conversations_select', filter: {} },
    '/filter',
    'must define at least one filter',
  ],
  itemsAtMost('a list of checkboxes', 10, boxes, '/options'),
  itemsAtMost('a list of radio buttons', 10, radios, '/options'),
  [
    'a date is one',
    { type: 'datepicker', initial_date: '2028-02-29' },
    { type: 'datepicker', initial_date: '2027-02-29' },
    '/initial_date',
    'must be a valid date',
  ],
  [
    'a date begins with its year',
    { type: 'datepicker', initial_date: '2026-11-22' },
    { type: 'datepicker', initial_date: '22-11-2026' },
    '/initial_date',
    'must be a valid date',
  ],
  [
    'a time is one',
    { type: 'timepicker', initial_time: '23:59' },
    { type: 'timepicker', initial_time: '24:00' },
    '/initial_time',
    'must be a valid time',
  ],
  [
    'a time zone is one',
    { type: 'timepicker', timezone: 'Europe/Berlin' },
    { type: 'timepicker', timezone: 'Europe/Atlantis' },
    '/timezone',
    'must be a valid timezone',
  ],
  ...between(
    'a moment',
    [1_000_000_000, 9_999_999_999],
    (at) => ({ type: 'datetimepicker', initial_date_time: at }),
    '/initial_date_time',
  ),
  [
    'a moment has no placeholder',
    { type: 'datetimepicker' },
    { type: 'datetimepicker', placeholder: plain() },
    '',
    'invalid additional property: placeholder',
  ],
];

describe('a rule of Slack’s menus', () => {
  it.each(rows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([actions(inside)], knowsAll)).toEqual([]);
    expect(blockErrors([actions(outside)], knowsAll)).toEqual([
      `${message} [json-pointer:/blocks/0/elements/0${at}]`,
    ]);
  });

  it('is that a checkbox says at most 75 characters, its text being named whole first', () => {
    const saying = (text: string) => [
      actions({ type: 'checkboxes', options: [{ ...option(), text: markup(text) }] }),
    ];

    expect(blockErrors(saying(letters(75)), knowsAll)).toEqual([]);
    expect(blockErrors(saying(letters(76)), knowsAll)).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/0/elements/0/options/0/text]',
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ]);
  });

  it.each(['datetimepicker', 'rich_text_input'])('is that a %s stands beside no text', (type) => {
    expect(blockErrors([actions({ type }), input({ type })], knowsAll)).toEqual([]);
    expect(blockErrors([section({ accessory: { type } })], knowsAll)).toEqual([
      `unsupported type: ${type} [json-pointer:/blocks/0/accessory/type]`,
    ]);
  });

  it.each([
    'users_select',
    'channels_select',
    'conversations_select',
    'external_select',
    'multi_users_select',
    'multi_channels_select',
    'multi_conversations_select',
    'multi_external_select',
    'datepicker',
    'timepicker',
  ])('is that a %s may stand anywhere, with nothing chosen', (type) => {
    const blocks = [actions({ type }), section({ accessory: { type } }), input({ type })];

    expect(blockErrors(blocks, knowsAll)).toEqual([]);
  });
});
