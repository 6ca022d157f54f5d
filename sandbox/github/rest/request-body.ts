import type { z } from 'zod';
import { GithubError, invalid } from '../github-error.ts';

/** Reads a body as a schema, or refuses as GitHub does: 400 for what is no JSON, 422 for what does not fit. */
export function bodyReader(bytes: Buffer): <Schema extends z.ZodType>(schema: Schema) => z.output<Schema> {
  return (schema) => {
    const result = schema.safeParse(parsed(bytes));
    if (result.success) return result.data;
    throw invalid(...result.error.issues.map(described));
  };
}

function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new GithubError(400, 'Problems parsing JSON');
  }
}

function described(issue: z.core.$ZodIssue) {
  const field = issue.path.join('.');
  // The only place where zod tells what it was given.
  const isMissing = issue.message.endsWith('received undefined');
  return { field, code: isMissing ? 'missing_field' : 'invalid', message: issue.message };
}
