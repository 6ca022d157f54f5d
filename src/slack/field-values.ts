import { z } from 'zod';
import type { FieldValue, FieldValues } from '../ports/incoming.ts';

const Option = z.object({ value: z.string() });

/** The state of one field, or one pressed element: each kind of element keeps its value under a name of its own. */
export const Element = z.object({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  /** Seconds since the epoch. */
  selected_date_time: z.number().nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_channel: z.string().nullish(),
  selected_channels: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
});
export type Element = z.infer<typeof Element>;

export const ViewState = z.object({ values: z.record(z.string(), z.record(z.string(), Element)) });
export type ViewState = z.infer<typeof ViewState>;

/** Undefined for a field left empty. */
export function fieldValue(element: Element): FieldValue | undefined {
  return (
    element.selected_option?.value ??
    element.selected_options?.map((option) => option.value) ??
    element.selected_date ??
    element.selected_time ??
    element.selected_date_time ??
    element.selected_user ??
    element.selected_users ??
    element.selected_channel ??
    element.selected_channels ??
    element.selected_conversation ??
    element.selected_conversations ??
    element.value ??
    undefined
  );
}

export function fieldValues(state: ViewState | undefined): FieldValues {
  const values: FieldValues = {};
  for (const [blockId, elements] of Object.entries(state?.values ?? {})) {
    const block: Record<string, FieldValue> = {};
    for (const [actionId, element] of Object.entries(elements)) {
      const value = fieldValue(element);
      if (value !== undefined) block[actionId] = value;
    }
    values[blockId] = block;
  }
  return values;
}
