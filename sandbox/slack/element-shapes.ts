import { LIMITS } from './limits.ts';
import { bool, integer, list, object, oneOf, type Shape, text } from './shape.ts';
import { confirm, optionGroup, overflowOption, plainOption, plainText, richOption } from './text-shapes.ts';

const actionId = text({ max: LIMITS.actionId });
const placeholder = plainText(LIMITS.placeholder);
const style = oneOf('primary', 'danger');
const common = { action_id: actionId, confirm, focus_on_load: bool };
const dispatch = {
  dispatch_action_config: object(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1 }) },
  ),
};
const date = text({}, { regex: /^\d{4}-\d{2}-\d{2}$/, message: 'must be a valid date' });
const time = text({}, { regex: /^\d{2}:\d{2}$/, message: 'must be a valid time' });

function element(type: string, required: Record<string, Shape>, optional: Record<string, Shape>): Shape {
  return object({ type: oneOf(type), ...required }, optional);
}

function select(type: string, optional: Record<string, Shape>): Shape {
  return element(type, {}, { ...common, placeholder, ...optional });
}

function optionsOrGroups(value: Record<string, unknown>): string | undefined {
  const given = [value.options, value.option_groups].filter((options) => options !== undefined);
  return given.length === 1 ? undefined : 'must define either `options` or `option_groups`';
}

function staticSelect(type: string, initial: Record<string, Shape>): Shape {
  const fields = {
    options: list(plainOption, { min: 1, max: LIMITS.options }),
    option_groups: list(optionGroup, { min: 1, max: LIMITS.optionGroups }),
  };
  return object({ type: oneOf(type) }, { ...common, placeholder, ...fields, ...initial }, optionsOrGroups);
}

function choices(type: string, initial: Record<string, Shape>): Shape {
  return element(
    type,
    { options: list(richOption, { min: 1, max: LIMITS.fewOptions }) },
    { ...common, ...initial },
  );
}

function input(type: string, required: Record<string, Shape>, optional: Record<string, Shape>): Shape {
  return element(type, required, {
    action_id: actionId,
    focus_on_load: bool,
    placeholder,
    ...dispatch,
    ...optional,
  });
}

const initialOptions = list(plainOption, { min: 1, max: LIMITS.options });
const several = { max_selected_items: integer({ min: 1 }) };
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
  ),
};

export const button = element(
  'button',
  { text: plainText(LIMITS.buttonText) },
  {
    action_id: actionId,
    confirm,
    value: text({ min: 0, max: LIMITS.buttonValue }),
    url: text({ max: LIMITS.buttonUrl }),
    style,
    accessibility_label: text({ max: LIMITS.accessibilityLabel }),
  },
);

const SELECTS: Record<string, Shape> = {
  static_select: staticSelect('static_select', { initial_option: plainOption }),
  multi_static_select: staticSelect('multi_static_select', { initial_options: initialOptions, ...several }),
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

const PICKERS: Record<string, Shape> = {
  datepicker: select('datepicker', { initial_date: date }),
  timepicker: select('timepicker', { initial_time: time, timezone: text() }),
  checkboxes: choices('checkboxes', {
    initial_options: list(richOption, { min: 1, max: LIMITS.fewOptions }),
  }),
  radio_buttons: choices('radio_buttons', { initial_option: richOption }),
};

const dateTimePicker: Record<string, Shape> = {
  datetimepicker: element(
    'datetimepicker',
    {},
    { ...common, initial_date_time: integer({ min: 1_000_000_000, max: 9_999_999_999 }) },
  ),
};

const overflow = element(
  'overflow',
  { options: list(overflowOption, { min: 1, max: LIMITS.overflowOptions }) },
  { action_id: actionId, confirm },
);

/** What may stand beside a section's text. A datetimepicker may not. */
export const ACCESSORIES: Record<string, Shape> = { button, overflow, ...SELECTS, ...PICKERS };

export const ACTIONS: Record<string, Shape> = { ...ACCESSORIES, ...dateTimePicker };

const lengths = {
  min_length: integer({ min: 0, max: LIMITS.inputValue }),
  max_length: integer({ min: 1, max: LIMITS.inputValue }),
};
const initialText = { initial_value: text({ min: 0, max: LIMITS.inputValue }) };
const numeral = text({}, { regex: /^-?\d+(\.\d+)?$/, message: 'must be a valid number' });

export const INPUTS: Record<string, Shape> = {
  ...SELECTS,
  ...PICKERS,
  ...dateTimePicker,
  plain_text_input: input('plain_text_input', {}, { ...initialText, ...lengths, multiline: bool }),
  email_text_input: input('email_text_input', {}, initialText),
  url_text_input: input('url_text_input', {}, initialText),
  number_input: input(
    'number_input',
    { is_decimal_allowed: bool },
    { initial_value: numeral, min_value: numeral, max_value: numeral },
  ),
};
