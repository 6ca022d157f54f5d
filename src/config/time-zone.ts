import { z } from 'zod';
import { suggestion } from './suggestion.ts';
import { shown } from './words.ts';

const how =
  'Write the IANA name of a place, like America/New_York or Europe/Berlin, or UTC: names of places know when their clocks change.';

/** A time zone by the name of a place, or UTC. */
export const TimeZone = z
  .string({
    error: ({ input }) =>
      input === undefined ? `Add the time zone. ${how}` : `${shown(input)} is not a time zone. ${how}`,
  })
  .refine(isZone, { error: ({ input }) => `${shown(input)} is not a time zone. ${advice(input)}` })
  .describe(`A time zone. ${how}`);

/** Abbreviations such as EST and offsets such as +01:00 know nothing of summer time: people who write them hardly mean that. */
function isZone(text: string): boolean {
  if (text === 'UTC') return true;
  if (!/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    // This is how the platform says that it knows no such zone.
    return false;
  }
}

function advice(input: unknown): string {
  if (typeof input !== 'string' || !input.includes('/')) return how;
  const meant = suggestion(input, Intl.supportedValuesOf('timeZone'));
  return meant.startsWith('Did') ? meant : how;
}
