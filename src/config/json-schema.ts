import { z } from 'zod';
import { PolicyFile } from './policy-file.ts';

/** The text of forge.schema.json: editors complete and check forge.yml by it. */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(PolicyFile, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'Forge policy file' }, undefined, 2)}\n`;
}
