import { z } from 'zod';
import type { Occurrence } from '../ports/schedule-driver.ts';

const Body = z.object({ version: z.literal(1), name: z.string(), at: z.number(), payload: z.json() });

/** What a message of the queue says. */
export function bodyOf({ name, at, payload }: Occurrence): string {
  return JSON.stringify({ version: 1, name, at, payload });
}

/** Undefined for a message that `bodyOf` did not write. */
export function occurrenceIn(body: string): Occurrence | undefined {
  const read = Body.safeParse(jsonIn(body));
  if (!read.success) return undefined;
  const { name, at, payload } = read.data;
  return { name, at, payload };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
