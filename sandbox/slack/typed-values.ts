import { ControlError } from '../parts.ts';
import { elementsIn } from './elements.ts';
import { chosenState, type InputValues, valueIn } from './input-state.ts';
import type { JsonObject } from './json.ts';

export type GivenValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Adds what a person typed to what they had filled in. Throws ControlError 400 for an input that is not there. */
export function typedValues(
  blocks: readonly JsonObject[],
  given: GivenValues,
  before: InputValues,
): InputValues {
  const elements = elementsIn(blocks);
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const [blockId, actions] of Object.entries(before)) values[blockId] = { ...actions };
  for (const [blockId, actions] of Object.entries(given)) {
    for (const [actionId, value] of Object.entries(actions)) {
      const placed = elements.find((one) => one.blockId === blockId && one.actionId === actionId);
      if (!placed) {
        const known = elements.map((one) => `${one.blockId}/${one.actionId}`).join(', ');
        throw new ControlError(400, `There is no input ${blockId}/${actionId}. Inputs here: ${known}.`);
      }
      values[blockId] = { ...values[blockId], [actionId]: chosenState(placed.element, value) };
    }
  }
  return values;
}

/** What Slack's client refuses before the app hears of it: block_id → what is wrong. */
export function incompleteInputs(blocks: readonly JsonObject[], filled: InputValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { element, block, blockId, actionId } of elementsIn(blocks)) {
    const state = filled[blockId]?.[actionId];
    if (block.type !== 'input' || !state) continue;
    const problem = problemWith(element, block, valueIn(state));
    if (problem !== undefined) errors[blockId] = problem;
  }
  return errors;
}

function problemWith(element: JsonObject, block: JsonObject, value: unknown): string | undefined {
  const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return block.optional === true ? undefined : 'Please complete this required field.';
  if (typeof value === 'string') return problemWithText(element, value);
  const most = element.max_selected_items;
  if (Array.isArray(value) && typeof most === 'number' && value.length > most) {
    return `Choose no more than ${most} items.`;
  }
  return undefined;
}

function problemWithText(element: JsonObject, value: string): string | undefined {
  const { type, min_length: least, max_length: most } = element;
  if (typeof least === 'number' && value.length < least) return `Enter at least ${least} characters.`;
  if (typeof most === 'number' && value.length > most) return `Enter no more than ${most} characters.`;
  if (type === 'email_text_input' && !/^[^\s@]+@[^\s@]+$/.test(value)) return 'Enter an email address.';
  if (type === 'url_text_input' && !URL.canParse(value)) return 'Enter a web address.';
  return type === 'number_input' ? problemWithNumber(element, value) : undefined;
}

function problemWithNumber(element: JsonObject, value: string): string | undefined {
  const number = Number(value);
  if (!Number.isFinite(number)) return 'Enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value)) {
    return `Enter a number that is at least ${String(element.min_value)}.`;
  }
  if (element.max_value !== undefined && number > Number(element.max_value)) {
    return `Enter a number that is at most ${String(element.max_value)}.`;
  }
  return undefined;
}
