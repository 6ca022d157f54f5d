import { actionId, dispatch, element, placeholder } from './element-shape.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text-shapes.ts';
import {
  bool,
  every,
  integer,
  list,
  notAbove,
  type Rule,
  type Shape,
  type Shapes,
  text,
  textThat,
  withScope,
} from './shape.ts';

function input(type: string, required: Shapes, optional: Shapes, rule?: Rule): Shape {
  const typing = { action_id: actionId, focus_on_load: bool, placeholder, ...dispatch };
  return element(type, required, { ...typing, ...optional }, rule);
}

const lengths = {
  min_length: integer({ min: 0, max: LIMITS.inputValue }),
  max_length: integer({ min: 1, max: LIMITS.inputValue }),
};
const initialText = { initial_value: text({ min: 0, max: LIMITS.inputValue }) };

/** What stands in the field at first may not be longer than what a person could type there. */
const initiallyShortEnough: Rule = ({ initial_value: initial, max_length: most }) =>
  typeof initial === 'string' && typeof most === 'number' && initial.length > most
    ? { message: 'must be no longer than `max_length`', at: 'initial_value' }
    : undefined;

const numeral = textThat((value) => /^-?\d+(?:\.\d+)?$/.test(value), 'must be a valid number');
const NUMERALS = ['initial_value', 'min_value', 'max_value'] as const;

const wholeUnlessAllowed: Rule = (value) => {
  const broken = NUMERALS.find(
    (field) => value[field] !== undefined && !Number.isInteger(Number(value[field])),
  );
  if (value.is_decimal_allowed === true || broken === undefined) return undefined;
  return { message: 'must be a whole number', at: broken };
};

/** Fields people type into. */
export const TYPED: Shapes = {
  plain_text_input: input(
    'plain_text_input',
    {},
    { ...initialText, ...lengths, multiline: bool },
    every(notAbove('min_length', 'max_length'), initiallyShortEnough),
  ),
  email_text_input: input('email_text_input', {}, initialText),
  url_text_input: input('url_text_input', {}, initialText),
  number_input: input(
    'number_input',
    { is_decimal_allowed: bool },
    { initial_value: numeral, min_value: numeral, max_value: numeral },
    every(
      wholeUnlessAllowed,
      notAbove('min_value', 'max_value'),
      notAbove('min_value', 'initial_value'),
      notAbove('initial_value', 'max_value'),
    ),
  ),
};

const lines = integer({ min: 1, max: LIMITS.inputLines });

export const richTextInput = input(
  'rich_text_input',
  {},
  { initial_value: richText, min_lines: lines, max_lines: lines },
  notAbove('min_lines', 'max_lines'),
);

export const fileInput = withScope(
  'files:read',
  element(
    'file_input',
    {},
    {
      action_id: actionId,
      filetypes: list(text(), { min: 1 }),
      max_files: integer({ min: 1, max: LIMITS.inputFiles }),
    },
  ),
);
