import { ControlError } from '../parts.ts';
import { elementsIn } from './elements.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';

/** What a person filled in: block_id → action_id → the state as Slack sends it. */
export type InputValues = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

type Kind =
  | 'text'
  | 'option'
  | 'options'
  | 'suggested'
  | 'suggestions'
  | 'object'
  | 'word'
  | 'words'
  | 'seconds';
type StateShape = { readonly field: string; readonly initial: string; readonly kind: Kind };

/** Where each element keeps its value, what it starts from, and what the value is. */
const STATES: Readonly<Record<string, StateShape>> = {
  plain_text_input: { field: 'value', initial: 'initial_value', kind: 'text' },
  email_text_input: { field: 'value', initial: 'initial_value', kind: 'text' },
  url_text_input: { field: 'value', initial: 'initial_value', kind: 'text' },
  number_input: { field: 'value', initial: 'initial_value', kind: 'text' },
  static_select: { field: 'selected_option', initial: 'initial_option', kind: 'option' },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', kind: 'option' },
  overflow: { field: 'selected_option', initial: '', kind: 'option' },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', kind: 'options' },
  checkboxes: { field: 'selected_options', initial: 'initial_options', kind: 'options' },
  users_select: { field: 'selected_user', initial: 'initial_user', kind: 'word' },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', kind: 'word' },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', kind: 'word' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', kind: 'words' },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', kind: 'words' },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    kind: 'words',
  },
  external_select: { field: 'selected_option', initial: 'initial_option', kind: 'suggested' },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', kind: 'suggestions' },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', kind: 'object' },
  datepicker: { field: 'selected_date', initial: 'initial_date', kind: 'word' },
  timepicker: { field: 'selected_time', initial: 'initial_time', kind: 'word' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', kind: 'seconds' },
};

/** The state of every element which has one, with what was filled in before and the elements' own first values. */
export function stateOf(blocks: readonly unknown[], filled: InputValues): InputValues {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const { element, blockId, actionId } of elementsIn(blocks)) {
    const shape = STATES[String(element.type)];
    if (!shape || element.type === 'overflow') continue;
    const before = filled[blockId]?.[actionId];
    const state = before && before.type === element.type ? before : firstState(element, shape);
    values[blockId] = { ...values[blockId], [actionId]: state };
  }
  return values;
}

/** True when the element keeps a value; a button doesn't. */
export function keepsValue(element: JsonObject): boolean {
  return Object.hasOwn(STATES, String(element.type));
}

/** The element's state once a person chose `value`. Throws ControlError 400 when it can't be chosen there. */
export function chosenState(element: JsonObject, value: unknown): JsonObject {
  const shape = STATES[String(element.type)];
  if (!shape) throw new ControlError(400, `A ${String(element.type)} takes no value.`);
  return withTimeZone(element, { type: element.type, [shape.field]: chosen(element, shape.kind, value) });
}

/** The value inside a state, whatever field it is kept in. */
export function valueIn(state: JsonObject): unknown {
  const shape = STATES[String(state.type)];
  return shape ? state[shape.field] : undefined;
}

function firstState(element: JsonObject, shape: StateShape): JsonObject {
  const empty = ['options', 'suggestions', 'words'].includes(shape.kind) ? [] : null;
  return withTimeZone(element, { type: element.type, [shape.field]: element[shape.initial] ?? empty });
}

function withTimeZone(element: JsonObject, state: JsonObject): JsonObject {
  return element.timezone === undefined ? state : { ...state, timezone: element.timezone };
}

function chosen(element: JsonObject, kind: Kind, value: unknown): unknown {
  const isNothing = value === undefined || value === null || value === '';
  switch (kind) {
    case 'text':
    case 'word':
      return isNothing ? null : word(value);
    case 'words':
      return isNothing ? [] : listOf(value).map(word);
    case 'option':
      return isNothing ? null : option(element, value);
    case 'options':
      return isNothing ? [] : listOf(value).map((one) => option(element, one));
    case 'suggested':
      return isNothing ? null : suggestion(value);
    case 'suggestions':
      return isNothing ? [] : listOf(value).map(suggestion);
    case 'object':
      return isNothing ? null : richText(value);
    case 'seconds':
      return isNothing ? null : seconds(value);
  }
}

function word(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ControlError(400, 'Give the value as a string.');
}

function seconds(value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1_000_000_000 && number <= 9_999_999_999) return number;
  throw new ControlError(400, 'Give the date and time in seconds since 1970 (10 digits).');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The app made up the options while the person typed, so whoever chooses one gives it whole. */
function suggestion(value: unknown): JsonObject {
  if (isObject(value) && isObject(value.text) && typeof value.value === 'string') return value;
  throw new ControlError(400, 'Give the whole option, { text, value }, as the app suggested it.');
}

function richText(value: unknown): JsonObject {
  if (isObject(value) && value.type === 'rich_text') return value;
  throw new ControlError(400, 'Give a rich_text block.');
}

function option(element: JsonObject, value: unknown): JsonObject {
  const wanted = isObject(value) ? value.value : value;
  const groups = objectsIn(element.option_groups);
  const options = [element, ...groups].flatMap((holder) => objectsIn(holder.options));
  const found = options.find((one) => one.value === wanted);
  if (found) return found;
  const known = options.map((one) => String(one.value)).join(', ');
  throw new ControlError(400, `There is no option ${String(wanted)}. Choose one of: ${known}.`);
}
