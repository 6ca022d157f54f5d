import type { FieldValues } from '../src/ports/incoming.ts';

/** Text of the field whose block and action are both called `id`; undefined when it was left empty. */
export function fieldText(values: FieldValues, id: string): string | undefined {
  const value = values[id]?.[id];
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** Whether the box of the field whose block and action are both called `id` was ticked. */
export function isTicked(values: FieldValues, id: string): boolean {
  const value = values[id]?.[id];
  return Array.isArray(value) && value.includes(id);
}

/** Time of the picker whose block and action are both called `id`, in milliseconds since the epoch; undefined when it was left empty. */
export function fieldTime(values: FieldValues, id: string): number | undefined {
  const value = values[id]?.[id];
  return typeof value === 'number' ? value * 1000 : undefined;
}
