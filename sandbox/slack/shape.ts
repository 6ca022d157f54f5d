import { isObject, type JsonObject } from './json.ts';

export type Surface = 'message' | 'modal' | 'home';
/** Where a block stands, whether the workspace knows the newer blocks, and what the app was granted. */
export type Scope = {
  readonly surface: Surface;
  readonly newBlocks: boolean;
  readonly scopes: readonly string[];
};
export type Problem = {
  readonly message: string;
  readonly pointer: string;
  /** The field that is missing, or one too many. */
  readonly field?: string;
  readonly constraint?: JsonObject;
};
/** A shape lists what is wrong with a value, in Slack's words and with its JSON pointers; nothing wrong is `[]`. */
export type Shape = (value: unknown, pointer: string, scope: Scope) => Problem[];
export type Shapes = Readonly<Record<string, Shape>>;

/** What is wrong with a whole object; `at` is the path inside it where that shows. */
export type Broken = { readonly message: string; readonly at?: string };
export type Rule = (value: JsonObject) => Broken | undefined;

type Size = { readonly min?: number; readonly max?: number };

export function text({ min = 1, max }: Size = {}): Shape {
  return (value, pointer) => {
    if (typeof value !== 'string') return [{ message: 'must provide a string', pointer }];
    if (value.length < min) return [{ message: `must be more than ${min - 1} characters`, pointer }];
    if (max !== undefined && value.length > max) return [{ message: lessThan(max + 1), pointer }];
    return [];
  };
}

/** Text that must also be something: `message` is said where it is not. */
export function textThat(isRight: (value: string) => boolean, message: string, size: Size = {}): Shape {
  const shape = text(size);
  return (value, pointer, scope) => {
    const problems = shape(value, pointer, scope);
    if (problems.length > 0 || isRight(String(value))) return problems;
    return [{ message, pointer }];
  };
}

/** What Slack says about more than `characters - 1` characters. */
export function lessThan(characters: number): string {
  return `must be less than ${characters} characters`;
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

export function oneOf(...allowed: readonly unknown[]): Shape {
  return (value, pointer) => {
    if (allowed.includes(value)) return [];
    const constraint = { type: 'enum', expected: allowed, got: value };
    return [{ message: 'must be a valid enum value', pointer, constraint }];
  };
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

/** `rule` is asked only when every field is right by itself. */
export function object(required: Shapes, optional: Shapes = {}, rule?: Rule): Shape {
  const fields = new Map(Object.entries({ ...required, ...optional }));
  return (value, pointer, scope) => {
    if (!isObject(value)) return [{ message: 'must provide an object', pointer }];
    const problems: Problem[] = [];
    for (const field of Object.keys(required)) {
      if (value[field] === undefined) {
        problems.push({ message: `missing required field: ${field}`, pointer, field });
      }
    }
    for (const [field, content] of Object.entries(value)) {
      if (content === undefined) continue;
      const shape = fields.get(field);
      if (shape) problems.push(...shape(content, `${pointer}/${field}`, scope));
      else problems.push({ message: `invalid additional property: ${field}`, pointer, field });
    }
    const broken = problems.length > 0 ? undefined : rule?.(value);
    if (broken === undefined) return problems;
    return [
      { message: broken.message, pointer: broken.at === undefined ? pointer : `${pointer}/${broken.at}` },
    ];
  };
}

/** One of several objects that are told apart by their `type`. */
export function typed(shapes: (scope: Scope) => Shapes): Shape {
  return (value, pointer, scope) => {
    if (!isObject(value)) return [{ message: 'must provide an object', pointer }];
    const { type } = value;
    if (type === undefined) return [{ message: 'missing required field: type', pointer, field: 'type' }];
    const known = shapes(scope);
    const shape = typeof type === 'string' && Object.hasOwn(known, type) ? known[type] : undefined;
    if (shape) return shape(value, pointer, scope);
    const constraint = { type: 'enum', expected: Object.keys(known), got: type };
    return [{ message: `unsupported type: ${String(type)}`, pointer: `${pointer}/type`, constraint }];
  };
}

/** What only an app with this OAuth scope may use. */
export function withScope(needed: string, shape: Shape): Shape {
  return (value, pointer, scope) =>
    scope.scopes.includes(needed)
      ? shape(value, pointer, scope)
      : [{ message: `missing required scope: ${needed}`, pointer }];
}

/** All of these rules; the first one that is broken is said. */
export function every(...rules: readonly Rule[]): Rule {
  return (value) => {
    for (const rule of rules) {
      const broken = rule(value);
      if (broken !== undefined) return broken;
    }
    return undefined;
  };
}

/** Exactly one of two fields. */
export function eitherOf(first: string, second: string): Rule {
  const message = `must define either \`${first}\` or \`${second}\``;
  return (value) =>
    (value[first] === undefined) === (value[second] === undefined) ? { message } : undefined;
}

/** One of two fields or none, never both. */
export function notBoth(first: string, second: string): Rule {
  const message = `must define either \`${first}\` or \`${second}\`, not both`;
  return (value) => (value[first] !== undefined && value[second] !== undefined ? { message } : undefined);
}

/** A lower bound and an upper one, both as numbers or as numerals; either may be missing. */
export function notAbove(lower: string, upper: string): Rule {
  const message = `must not be greater than \`${upper}\``;
  return (value) => {
    if (value[lower] === undefined || value[upper] === undefined) return undefined;
    return Number(value[lower]) > Number(value[upper]) ? { message, at: lower } : undefined;
  };
}
