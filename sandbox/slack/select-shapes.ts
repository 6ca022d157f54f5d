import { actionId, common, element, placeholder } from './element-shape.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { LIMITS } from './limits.ts';
import {
  bool,
  eitherOf,
  every,
  integer,
  list,
  object,
  oneOf,
  type Rule,
  type Shape,
  type Shapes,
  text,
} from './shape.ts';
import { confirm, optionGroup, overflowOption, plainOption, richOption } from './text-shapes.ts';

function select(type: string, optional: Shapes): Shape {
  return element(type, {}, { ...common, placeholder, ...optional });
}

/** What is chosen at first must be one of the options, word for word. */
const initiallyOneOfThem: Rule = (value) => {
  const offered = [value, ...objectsIn(value.option_groups)].flatMap(({ options }) => objectsIn(options));
  const known = new Set(offered.map(wording));
  if (isObject(value.initial_option) && !known.has(wording(value.initial_option))) {
    return { message: '`initial_option` must be one of the options', at: 'initial_option' };
  }
  const stranger = objectsIn(value.initial_options).findIndex((option) => !known.has(wording(option)));
  if (stranger < 0) return undefined;
  return { message: '`initial_options` must be some of the options', at: `initial_options/${stranger}` };
};

function wording({ text: label, value }: JsonObject): string {
  return JSON.stringify([isObject(label) ? label.text : undefined, value]);
}

function staticSelect(type: string, initial: Shapes): Shape {
  const fields = {
    options: list(plainOption, { min: 1, max: LIMITS.options }),
    option_groups: list(optionGroup, { min: 1, max: LIMITS.optionGroups }),
  };
  return element(
    type,
    {},
    { ...common, placeholder, ...fields, ...initial },
    every(eitherOf('options', 'option_groups'), initiallyOneOfThem),
  );
}

function choices(type: string, initial: Shapes): Shape {
  const options = list(richOption, { min: 1, max: LIMITS.fewOptions });
  return element(type, { options }, { ...common, ...initial }, initiallyOneOfThem);
}

const initialOptions = list(plainOption, { min: 1, max: LIMITS.options });
const several = { max_selected_items: integer({ min: 1 }) };
const query = { min_query_length: integer({ min: 0 }) };
const ids = list(text(), { min: 1 });
const responseUrl = { response_url_enabled: bool };
const conversationFilter = {
  default_to_current_conversation: bool,
  filter: object(
    {},
    {
      include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
      exclude_external_shared_channels: bool,
      exclude_bot_users: bool,
    },
    (value) => (Object.keys(value).length === 0 ? { message: 'must define at least one filter' } : undefined),
  ),
};

export const SELECTS: Shapes = {
  static_select: staticSelect('static_select', { initial_option: plainOption }),
  multi_static_select: staticSelect('multi_static_select', { initial_options: initialOptions, ...several }),
  external_select: select('external_select', { initial_option: plainOption, ...query }),
  multi_external_select: select('multi_external_select', {
    initial_options: initialOptions,
    ...query,
    ...several,
  }),
  users_select: select('users_select', { initial_user: text() }),
  multi_users_select: select('multi_users_select', { initial_users: ids, ...several }),
  channels_select: select('channels_select', { initial_channel: text(), ...responseUrl }),
  multi_channels_select: select('multi_channels_select', { initial_channels: ids, ...several }),
  conversations_select: select('conversations_select', {
    initial_conversation: text(),
    ...conversationFilter,
    ...responseUrl,
  }),
  multi_conversations_select: select('multi_conversations_select', {
    initial_conversations: ids,
    ...conversationFilter,
    ...several,
  }),
};

export const CHOICES: Shapes = {
  checkboxes: choices('checkboxes', {
    initial_options: list(richOption, { min: 1, max: LIMITS.fewOptions }),
  }),
  radio_buttons: choices('radio_buttons', { initial_option: richOption }),
};

export const overflow = element(
  'overflow',
  { options: list(overflowOption, { min: LIMITS.overflowOptionsLeast, max: LIMITS.overflowOptions }) },
  { action_id: actionId, confirm },
);
