import { words } from './words.ts';

const millisecondsPerUnit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const how = 'Write a whole number with its unit, like 500ms, 30s, 10m or 24h.';
/** How a length of time is written, for patterns that hold one. */
export const durationPattern = '[1-9]\\d{0,5} ?(?:ms|s|m|h|d)';

/** A length of time in words, `500ms`, `30s`, `10m`, `24h` or `2d`; read as milliseconds. */
export const Duration = words({
  what: 'a length of time',
  how,
  pattern: new RegExp(`^${durationPattern}$`),
}).transform(millisecondsOf);

/** The same, or `off`. */
export const DurationOrOff = words({
  what: 'a length of time',
  how: `${how} Or write off.`,
  pattern: new RegExp(`^(?:off|${durationPattern})$`),
}).transform((text) => (text === 'off' ? text : millisecondsOf(text)));

/** Milliseconds; expects text that `Duration` accepted. */
export function millisecondsOf(text: string): number {
  const amount = Number.parseInt(text, 10);
  const unit = text.replace(/^\d+ ?/, '');
  for (const [name, milliseconds] of Object.entries(millisecondsPerUnit)) {
    if (name === unit) return amount * milliseconds;
  }
  // The pattern admits no other unit; a NaN would silently become "never".
  throw new Error(`No length of time has the unit "${unit}"`);
}

/** Milliseconds as people write them in the file: `2m`, `135s`, `1500ms`. */
export function durationInWords(milliseconds: number): string {
  const units = Object.entries(millisecondsPerUnit).toReversed();
  const fitting = units.find(([, length]) => milliseconds % length === 0);
  if (fitting === undefined) return `${milliseconds}ms`;
  const [unit, length] = fitting;
  return `${milliseconds / length}${unit}`;
}
