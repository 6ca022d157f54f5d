import { isObject, type JsonObject, parseJson, stringIn } from './json.ts';
import { invalidArguments, SlackError } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

/** One request of the Web API: form fields are strings, a JSON body has its own types. */
export type Call = { readonly args: JsonObject; readonly workspace: Workspace };
export type Method = (call: Call) => JsonObject;

export function optionalString(args: JsonObject, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'number' ? String(value) : stringIn(value);
}

/** Throws SlackError invalid_arguments, naming the argument that is missing. */
export function requiredString(args: JsonObject, name: string): string {
  const value = optionalString(args, name);
  if (value !== undefined && value !== '') return value;
  throw invalidArguments([`missing required field: ${name} [json-pointer:/]`]);
}

export function flag(args: JsonObject, name: string): boolean {
  return [true, 'true', 1, '1'].some((yes) => yes === args[name]);
}

export function optionalObject(args: JsonObject, name: string): JsonObject | undefined {
  const value = args[name];
  const decoded = typeof value === 'string' ? parseJson(value)?.value : value;
  return isObject(decoded) ? decoded : undefined;
}

/** One page of a list and the cursor of the next, as every cursored method answers. */
export function page<Item>(items: readonly Item[], args: JsonObject): { items: Item[]; next: string } {
  const limit = Math.min(Number(optionalString(args, 'limit') ?? 100) || 100, 1000);
  const start = offsetOf(optionalString(args, 'cursor') ?? '');
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`offset:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), next };
}

function offsetOf(cursor: string): number {
  if (cursor === '') return 0;
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new SlackError('invalid_cursor');
  return Number(match[1]);
}
