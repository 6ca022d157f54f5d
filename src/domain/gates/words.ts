/** `2 minutes`, `90 seconds`, `1 second`, `250 ms`. */
export function timeSpan(ms: number): string {
  if (ms % 60_000 === 0) return counted(ms / 60_000, 'minute');
  if (ms % 1000 === 0) return counted(ms / 1000, 'second');
  return inMs(ms);
}

/** `1 request`, `1,204 requests`. */
export function counted(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** A share (0 to 1) in percent, with as many digits as it takes to tell it from the one it stands beside: `1.8 %`, `5.004 %`. */
export function inPercent(share: number, beside?: number): string {
  return `${toldApart(share * 100, beside === undefined ? undefined : beside * 100)} %`;
}

/** `1,240 ms`, with as many digits as it takes to tell it from the time it stands beside. */
export function inMs(ms: number, beside?: number): string {
  return `${toldApart(ms, beside)} ms`;
}

/** Rounded up to two digits: `about 300` of 299. */
export function roughly(count: number): string {
  const unit = 10 ** Math.max(0, grouped(count).replaceAll(',', '').length - 2);
  return `about ${grouped(Math.ceil(count / unit) * unit)}`;
}

/** ` (300 ms)`: what is worth a word beside another number, where it is known. */
export function aside(value: number | undefined, say: (value: number) => string): string {
  return value === undefined ? '' : ` (${say(value)})`;
}

// To make one takes a hundred times longer than to use it, and every look at the gates writes a dozen numbers.
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

function grouped(count: number): string {
  return whole.format(count);
}

/** With the fewest digits that differ from how the other number is written. */
function toldApart(value: number, beside: number | undefined): string {
  let digits = digitsOf(value);
  const other = beside === undefined || value === beside ? undefined : withDigits(beside, digitsOf(beside));
  while (withDigits(value, digits) === other && digits < MOST_DIGITS) digits++;
  return withDigits(value, digits);
}

/** No two numbers are alike in all of these. */
const MOST_DIGITS = 17;

/** Four where they say it all, as of a limit that somebody wrote down, else two; never fewer than it takes to count. */
function digitsOf(value: number): number {
  const isShort = Math.abs(value - Number(value.toPrecision(4))) <= value * 1e-9;
  return Math.max(isShort ? 4 : 2, Math.trunc(value).toString().length);
}

const byDigits = new Map<number, Intl.NumberFormat>();

function withDigits(value: number, maximumSignificantDigits: number): string {
  const known = byDigits.get(maximumSignificantDigits);
  const format = known ?? new Intl.NumberFormat('en-GB', { maximumSignificantDigits });
  byDigits.set(maximumSignificantDigits, format);
  return format.format(value);
}
