import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';
import { charactersAtMost, itemsAtLeast, itemsAtMost, known, type Row } from './rules.ts';
import {
  actions,
  address,
  button,
  knowsAll,
  letters,
  markup,
  option,
  options,
  plain,
  several,
} from './samples.ts';

const confirm = (more: object) => button({ confirm: { text: plain('Really?'), ...more } });
const overflow = (count: number) => ({ type: 'overflow', options: options(count) });
const start = { trigger: { url: 'https://slack.com/shortcuts/Ft1/x' } };
const workflow = (more: object = {}) => ({
  type: 'workflow_button',
  text: plain(),
  workflow: start,
  ...more,
});

const rows: Row[] = [
  charactersAtMost('an action_id', 255, (text) => button({ action_id: text }), '/action_id'),
  charactersAtMost('a button', 75, (text) => button({ text: plain(text) }), '/text/text'),
  charactersAtMost('a button’s value', 2000, (text) => button({ value: text }), '/value'),
  charactersAtMost('a button’s address', 3000, (text) => button({ url: address(text.length) }), '/url'),
  charactersAtMost(
    'a button read out',
    75,
    (text) => button({ accessibility_label: text }),
    '/accessibility_label',
  ),
  [
    'a button says plain text',
    button(),
    button({ text: markup() }),
    '/text/type',
    'must be a valid enum value',
  ],
  [
    'a button leads to an address',
    button({ url: 'https://acme.test' }),
    button({ url: 'acme' }),
    '/url',
    'invalid url',
  ],
  known('a button’s style', 'danger', (word) => button({ style: word }), '/style'),
  charactersAtMost('a dialog’s title', 100, (text) => confirm({ title: plain(text) }), '/confirm/title/text'),
  charactersAtMost(
    'a dialog’s yes',
    30,
    (text) => confirm({ confirm: plain(text) }),
    '/confirm/confirm/text',
  ),
  charactersAtMost('a dialog’s no', 30, (text) => confirm({ deny: plain(text) }), '/confirm/deny/text'),
  [
    'a dialog’s title is plain',
    confirm({ title: plain() }),
    confirm({ title: markup() }),
    '/confirm/title/type',
    'must be a valid enum value',
  ],
  known('a dialog’s style', 'primary', (word) => confirm({ style: word }), '/confirm/style'),
  [
    'a dialog asks something',
    confirm({}),
    button({ confirm: {} }),
    '/confirm',
    'missing required field: text',
  ],
  charactersAtMost('a workflow button', 75, (text) => workflow({ text: plain(text) }), '/text/text'),
  [
    'a workflow button starts one',
    workflow(),
    workflow({ workflow: {} }),
    '/workflow',
    'missing required field: trigger',
  ],
  itemsAtMost('an overflow menu', 5, overflow, '/options'),
  itemsAtLeast('an overflow menu', 2, overflow, '/options'),
  charactersAtMost(
    'the address of an option',
    3000,
    (text) => ({ type: 'overflow', options: [option(), { ...option(1), url: address(text.length) }] }),
    '/options/1/url',
  ),
];

describe('a rule of Slack’s buttons', () => {
  it.each(rows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([actions(inside)], knowsAll)).toEqual([]);
    expect(blockErrors([actions(outside)], knowsAll)).toEqual([
      `${message} [json-pointer:/blocks/0/elements/0${at}]`,
    ]);
  });

  it('is that a dialog asks at most 300 characters, its text being named whole first', () => {
    const asking = (text: string) => [actions(confirm({ text: markup(text) }))];

    expect(blockErrors(asking(letters(300)), knowsAll)).toEqual([]);
    expect(blockErrors(asking(letters(301)), knowsAll)).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/0/elements/0/confirm/text]',
      'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
    ]);
  });
});

const opinion = (more: object = {}) => ({ text: plain(), value: 'x', ...more });
const feedback = (more: object = {}) => ({
  type: 'feedback_buttons',
  positive_button: opinion(),
  negative_button: opinion(),
  ...more,
});
const icon = (more: object = {}) => ({ type: 'icon_button', icon: 'trash', text: plain(), ...more });
const people = (count: number) => several(count, (index) => `U${index}`);

const contextRows: Row[] = [
  charactersAtMost(
    'a liking',
    75,
    (text) => feedback({ positive_button: opinion({ text: plain(text) }) }),
    '/positive_button/text/text',
  ),
  charactersAtMost(
    'a disliking',
    2000,
    (text) => feedback({ negative_button: opinion({ value: text }) }),
    '/negative_button/value',
  ),
  charactersAtMost(
    'a liking read out',
    75,
    (text) => feedback({ positive_button: opinion({ accessibility_label: text }) }),
    '/positive_button/accessibility_label',
  ),
  [
    'opinions are two',
    feedback(),
    feedback({ negative_button: undefined }),
    '',
    'missing required field: negative_button',
  ],
  known('an icon', 'trash', (word) => icon({ icon: word }), '/icon'),
  charactersAtMost('the text of an icon', 75, (text) => icon({ text: plain(text) }), '/text/text'),
  charactersAtMost('an icon’s value', 2000, (text) => icon({ value: text }), '/value'),
  itemsAtMost(
    'those who see an icon',
    10,
    (count) => icon({ visible_to_user_ids: people(count) }),
    '/visible_to_user_ids',
  ),
  ['there is no button', icon(), button(), '/type', 'unsupported type: button'],
];

describe('a rule of Slack’s context actions', () => {
  const among = (...elements: object[]) => [{ type: 'context_actions', elements }];

  it.each(contextRows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors(among(inside), knowsAll)).toEqual([]);
    expect(blockErrors(among(outside), knowsAll)).toEqual([
      `${message} [json-pointer:/blocks/0/elements/0${at}]`,
    ]);
  });

  it('is that there are one to five', () => {
    expect(blockErrors(among(icon(), icon(), icon(), icon(), feedback()), knowsAll)).toEqual([]);
    expect(blockErrors(among(icon(), icon(), icon(), icon(), icon(), icon()), knowsAll)).toEqual([
      'no more than 5 items allowed [json-pointer:/blocks/0/elements]',
    ]);
    expect(blockErrors(among(), knowsAll)).toEqual([
      'must provide at least 1 items [json-pointer:/blocks/0/elements]',
    ]);
  });
});
