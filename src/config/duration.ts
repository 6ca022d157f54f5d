import { words } from './words.ts';

const millisecondsPerUnit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const pattern = /^[1-9]\d{0,5} ?(?:ms|s|m|h|d)$/;

/** A length of time in words, `500ms`, `30s`, `10m`, `24h` or `2d`; read as milliseconds. */
export const Duration = words({
  what: 'a length of time',
  how: 'Write a whole number with its unit, like 500ms, 30s, 10m or 24h.',
  pattern,
}).transform(millisecondsOf);

/** Milliseconds; expects text that `Duration` accepted. */
function millisecondsOf(text: string): number {
  const amount = Number.parseInt(text, 10);
  const unit = text.replace(/^\d+ ?/, '');
  for (const [name, milliseconds] of Object.entries(millisecondsPerUnit)) {
    if (name === unit) return amount * milliseconds;
  }
  // The pattern admits no other unit; a NaN would silently become "never".
  throw new Error(`No length of time has the unit "${unit}"`);
}
