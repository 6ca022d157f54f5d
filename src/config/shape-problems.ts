import { z } from 'zod';
import { keyNotYet } from './not-yet.ts';
import { PolicyFile } from './policy-file.ts';
import type { Path, Problem } from './problem.ts';
import { suggestion } from './suggestion.ts';
import { shown } from './words.ts';
import type { YamlFile } from './yaml-file.ts';

/** What keeps the file from having the policy's shape, in sentences, at their places. */
export function shapeProblems(issues: readonly z.core.$ZodIssue[], yaml: YamlFile): Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    return problemsOf(issue, path, yaml);
  });
}

function problemsOf(issue: z.core.$ZodIssue, path: Path, yaml: YamlFile): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => yaml.problemAt([...path, key], unknownKey(key, path), 'key'));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => yaml.problemAt(path, inner.message, 'key'));
  }
  const message = issue.code === 'invalid_type' ? typeMessage(issue, path, yaml.content) : issue.message;
  return [yaml.problemAt(path, message, 'value')];
}

function unknownKey(key: string, path: Path): string {
  const parent = path.at(-1);
  const later = keyNotYet(key, typeof parent === 'string' ? parent : undefined);
  return later ?? `Nothing here is called \`${key}\`. ${suggestion(key, knownKeys(path))}`;
}

function typeMessage(issue: z.core.$ZodIssueInvalidType, path: Path, content: unknown): string {
  const container = containers.get(issue.expected);
  if (container === undefined) return issue.message;
  const input = valueAt(content, path);
  const schema = schemaAt(path);
  const description = schema instanceof z.ZodType ? schema.description : undefined;
  const hint = description === undefined ? '' : ` ${description}`;
  return input === undefined
    ? `Add this ${container}.${hint}`
    : `${shown(input)} stands where a ${container} belongs.${hint}`;
}

/** What people call zod's types; every other type has its own message in the schema. */
const containers = new Map<string, string>([
  ['object', 'group of keys'],
  ['record', 'group of keys'],
  ['array', 'list'],
]);

function knownKeys(path: Path): string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The part of the file's schema that describes `path`. */
function schemaAt(path: Path): z.core.$ZodType | undefined {
  let schema: z.core.$ZodType | undefined = PolicyFile;
  for (const part of path) {
    const inner: z.core.$ZodType | undefined = schemaInside(schema, part);
    if (inner === undefined) return undefined;
    schema = unwrapped(inner);
  }
  return schema;
}

function schemaInside(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[part];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap();
  }
  return inner;
}

function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
