import { isObject, type JsonObject } from './json.ts';

export type Surface = 'message' | 'modal' | 'home';
/** Where a block stands, and whether the workspace knows the blocks that came with 2026. */
export type Scope = { readonly surface: Surface; readonly newBlocks: boolean };
export type Problem = { readonly message: string; readonly pointer: string };
/** A shape lists what is wrong with a value, in Slack's words and with its JSON pointers; nothing wrong is `[]`. */
export type Shape = (value: unknown, pointer: string, scope: Scope) => Problem[];

type Size = { readonly min?: number; readonly max?: number };
type Fields = Readonly<Record<string, Shape>>;

export function text({ min = 1, max }: Size = {}, pattern?: { regex: RegExp; message: string }): Shape {
  return (value, pointer) => {
    if (typeof value !== 'string') return [{ message: 'must provide a string', pointer }];
    if (value.length < min) return [{ message: `must be more than ${min - 1} characters`, pointer }];
    if (max !== undefined && value.length > max) {
      return [{ message: `must be less than ${max + 1} characters`, pointer }];
    }
    if (pattern !== undefined && !pattern.regex.test(value)) return [{ message: pattern.message, pointer }];
    return [];
  };
}

export function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Size = {}): Shape {
  return (value, pointer) => {
    if (typeof value !== 'number') return [{ message: 'must provide a number', pointer }];
    if (!Number.isInteger(value)) return [{ message: 'must provide an integer', pointer }];
    if (value < min) return [{ message: `must be greater than ${min - 1}`, pointer }];
    if (value > max) return [{ message: `must be less than ${max + 1}`, pointer }];
    return [];
  };
}

export const number: Shape = (value, pointer) =>
  typeof value === 'number' ? [] : [{ message: 'must provide a number', pointer }];

export const bool: Shape = (value, pointer) =>
  typeof value === 'boolean' ? [] : [{ message: 'must provide a boolean', pointer }];

export const anyObject: Shape = (value, pointer) =>
  isObject(value) ? [] : [{ message: 'must provide an object', pointer }];

export function oneOf(...allowed: readonly unknown[]): Shape {
  return (value, pointer) =>
    allowed.includes(value) ? [] : [{ message: 'must be a valid enum value', pointer }];
}

export function list(shape: Shape, { min = 0, max }: Size = {}): Shape {
  return (value, pointer, scope) => {
    if (!Array.isArray(value)) return [{ message: 'must provide an array', pointer }];
    if (value.length < min) return [{ message: `must provide at least ${min} items`, pointer }];
    if (max !== undefined && value.length > max) {
      return [{ message: `no more than ${max} items allowed`, pointer }];
    }
    return value.flatMap((item, index) => shape(item, `${pointer}/${index}`, scope));
  };
}

/** `rule` is asked only when every field is right by itself; it answers with a message or nothing. */
export function object(
  required: Fields,
  optional: Fields = {},
  rule?: (value: JsonObject) => string | undefined,
): Shape {
  const fields = new Map(Object.entries({ ...required, ...optional }));
  return (value, pointer, scope) => {
    if (!isObject(value)) return [{ message: 'must provide an object', pointer }];
    const problems: Problem[] = [];
    for (const field of Object.keys(required)) {
      if (value[field] === undefined) problems.push({ message: `missing required field: ${field}`, pointer });
    }
    for (const [field, content] of Object.entries(value)) {
      const shape = fields.get(field);
      if (shape) problems.push(...shape(content, `${pointer}/${field}`, scope));
      else problems.push({ message: `invalid additional property: ${field}`, pointer });
    }
    if (problems.length > 0 || rule === undefined) return problems;
    const message = rule(value);
    return message === undefined ? [] : [{ message, pointer }];
  };
}

/** One of several typed objects. Slack names the whole first, then what is wrong inside it. */
export function typed(shapes: (scope: Scope) => Readonly<Record<string, Shape>>): Shape {
  return (value, pointer, scope) => {
    const problems = typedAs(shapes(scope), value, pointer, scope);
    if (problems.length === 0) return [];
    return [{ message: 'failed to match all allowed schemas', pointer }, ...problems];
  };
}

/** As `typed`, for the blocks themselves: there Slack gives no line for the whole. */
export function block(shapes: (scope: Scope) => Readonly<Record<string, Shape>>): Shape {
  return (value, pointer, scope) => typedAs(shapes(scope), value, pointer, scope);
}

function typedAs(shapes: Readonly<Record<string, Shape>>, value: unknown, pointer: string, scope: Scope) {
  if (!isObject(value)) return [{ message: 'must provide an object', pointer }];
  const { type } = value;
  if (type === undefined) return [{ message: 'missing required field: type', pointer }];
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) return [{ message: `unsupported type: ${String(type)}`, pointer: `${pointer}/type` }];
  return shape(value, pointer, scope);
}
