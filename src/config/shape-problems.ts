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
    const path = issue.path.filter(isShown);
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
  if (issue.code === 'invalid_union') {
    const meant = meantOption(issue.errors);
    if (meant !== undefined) {
      return meant.flatMap((inner) => problemsOf(inner, [...path, ...inner.path.filter(isShown)], yaml));
    }
  }
  const message = issue.code === 'invalid_type' ? typeMessage(issue, path, yaml.content) : issue.message;
  return [yaml.problemAt(path, message, 'value')];
}

function isShown(part: PropertyKey): part is string | number {
  return typeof part !== 'symbol';
}

/** Of several shapes the one that was meant: what stands there is of its type, and wrong further inside. */
function meantOption(options: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return options.find((issues) =>
    issues.every(({ code, path }) => path.length > 0 || !['invalid_type', 'invalid_value'].includes(code)),
  );
}

function unknownKey(key: string, path: Path): string {
  return keyNotYet(key) ?? `Nothing here is called \`${key}\`. ${suggestion(key, knownKeys(path))}`;
}

function typeMessage(issue: z.core.$ZodIssueInvalidType, path: Path, content: unknown): string {
  const container = containers.get(issue.expected);
  if (container === undefined) return issue.message;
  const input = valueAt(content, path);
  const [schema] = schemasAt(path);
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
  return schemasAt(path).flatMap((schema) =>
    schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
  );
}

/** The parts of the file's schema that describe `path`; several where it may be written in several ways. */
function schemasAt(path: Path): z.core.$ZodType[] {
  let schemas: z.core.$ZodType[] = [PolicyFile];
  for (const part of path)
    schemas = schemas.flatMap((schema) => schemaInside(schema, part)).flatMap(unwrapped);
  return schemas;
}

function schemaInside(schema: z.core.$ZodType, part: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) return part in schema.shape ? [schema.shape[part]] : [];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodArray) return [schema.element];
  return [];
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrapped);
  return [schema];
}

function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
