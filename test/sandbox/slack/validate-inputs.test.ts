import { describe, expect, it } from 'vitest';
import { blockErrors } from '../../../sandbox/slack/validate.ts';
import { between, charactersAtMost, known, type Row } from './rules.ts';
import { input, knowsAll, letters, paragraph, plain } from './samples.ts';

const typedText = (more: object = {}) => ({ type: 'plain_text_input', ...more });
const number = (more: object = {}) => ({ type: 'number_input', is_decimal_allowed: false, ...more });
const rich = (more: object = {}) => ({ type: 'rich_text_input', ...more });
const files = (more: object = {}) => ({ type: 'file_input', ...more });
const telling = (at: unknown) => typedText({ dispatch_action_config: { trigger_actions_on: [at] } });
const mayReadFiles = { newBlocks: true, scopes: ['files:read'] };

const rows: Row[] = [
  ...between('the longest length', [1, 3000], (most) => typedText({ max_length: most }), '/max_length'),
  ...between('the shortest length', [0, 3000], (least) => typedText({ min_length: least }), '/min_length'),
  [
    'the shortest length is not above the longest',
    typedText({ min_length: 5, max_length: 5 }),
    typedText({ min_length: 6, max_length: 5 }),
    '/min_length',
    'must not be greater than `max_length`',
  ],
  charactersAtMost('a first value', 3000, (text) => typedText({ initial_value: text }), '/initial_value'),
  [
    'a first value is not longer than what could be typed',
    typedText({ initial_value: letters(5), max_length: 5 }),
    typedText({ initial_value: letters(6), max_length: 5 }),
    '/initial_value',
    'must be no longer than `max_length`',
  ],
  charactersAtMost(
    'a placeholder',
    150,
    (text) => typedText({ placeholder: plain(text) }),
    '/placeholder/text',
  ),
  known('when typing is told', 'on_enter_pressed', telling, '/dispatch_action_config/trigger_actions_on/0'),
  [
    'an address is on one line',
    { type: 'url_text_input' },
    { type: 'url_text_input', multiline: true },
    '',
    'invalid additional property: multiline',
  ],
  [
    'an email address is on one line',
    { type: 'email_text_input' },
    { type: 'email_text_input', max_length: 3 },
    '',
    'invalid additional property: max_length',
  ],
  [
    'a number says whether it has decimals',
    number(),
    { type: 'number_input' },
    '',
    'missing required field: is_decimal_allowed',
  ],
  [
    'a least number is text',
    number({ min_value: '1' }),
    number({ min_value: 1 }),
    '/min_value',
    'must provide a string',
  ],
  [
    'a largest number is one',
    number({ max_value: '-3' }),
    number({ max_value: 'three' }),
    '/max_value',
    'must be a valid number',
  ],
  [
    'a whole number has no decimals',
    number({ min_value: '2' }),
    number({ min_value: '2.5' }),
    '/min_value',
    'must be a whole number',
  ],
  [
    'the least number is not above the largest',
    number({ min_value: '5', max_value: '5' }),
    number({ min_value: '10', max_value: '9' }),
    '/min_value',
    'must not be greater than `max_value`',
  ],
  [
    'a first number is not too large',
    number({ initial_value: '9', max_value: '9' }),
    number({ initial_value: '10', max_value: '9' }),
    '/initial_value',
    'must not be greater than `max_value`',
  ],
  [
    'a first number is not too small',
    number({ initial_value: '2', min_value: '2' }),
    number({ initial_value: '1', min_value: '2' }),
    '/min_value',
    'must not be greater than `initial_value`',
  ],
  ...between('the most lines', [1, 100], (most) => rich({ max_lines: most }), '/max_lines'),
  ...between('the least lines', [1, 100], (least) => rich({ min_lines: least }), '/min_lines'),
  [
    'a first rich text is one',
    rich({ initial_value: paragraph() }),
    rich({ initial_value: 'x' }),
    '/initial_value',
    'must provide an object',
  ],
  ...between('the most files', [1, 10], (most) => files({ max_files: most }), '/max_files'),
];

describe('a rule of Slack’s inputs', () => {
  it.each(rows)('is kept: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([input(inside)], mayReadFiles)).toEqual([]);
    expect(blockErrors([input(outside)], mayReadFiles)).toEqual([
      `${message} [json-pointer:/blocks/0/element${at}]`,
    ]);
  });

  it('is that decimals are taken where they are allowed', () => {
    const decimal = { type: 'number_input', is_decimal_allowed: true, min_value: '0.5', max_value: '1.5' };

    expect(blockErrors([input(decimal)], knowsAll)).toEqual([]);
  });

  it('is that files need the scope files:read', () => {
    expect(blockErrors([input(files())], { newBlocks: true, scopes: [] })).toEqual([
      'missing required scope: files:read [json-pointer:/blocks/0/element]',
    ]);
  });

  it('is that a choice of files is not told before the form is sent', () => {
    expect(blockErrors([input(files(), { dispatch_action: true })], mayReadFiles)).toEqual([
      '`dispatch_action` is not supported for `file_input` [json-pointer:/blocks/0/dispatch_action]',
    ]);
    expect(blockErrors([input(typedText(), { dispatch_action: true })], mayReadFiles)).toEqual([]);
  });
});
