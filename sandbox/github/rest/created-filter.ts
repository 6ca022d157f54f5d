/** The `created` of a list of runs: `>=2026-11-01`, `<…`, `a..b` with `*` for no end, or one day. Seconds count whole. */
export function createdFilter(text: string | null): (at: number) => boolean {
  if (text === null || text === '') return () => true;
  const [, operator = '', rest = ''] = /^(>=|<=|>|<)?(.*)$/.exec(text) ?? [];
  const [from = '', to] = rest.split('..');
  if (to !== undefined) return (at) => isBetween(wholeSecond(at), start(from), end(to));
  const day = { from: start(from), to: end(from) };
  return (at) => {
    const second = wholeSecond(at);
    if (operator === '>=') return second >= day.from;
    if (operator === '>') return second > day.to;
    if (operator === '<=') return second <= day.to;
    if (operator === '<') return second < day.from;
    return isBetween(second, day.from, day.to);
  };
}

function isBetween(at: number, from: number, to: number): boolean {
  return at >= from && at <= to;
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

function start(text: string): number {
  return text === '*' ? Number.NEGATIVE_INFINITY : parsed(text);
}

/** A day without a time lasts to its end. */
function end(text: string): number {
  if (text === '*') return Number.POSITIVE_INFINITY;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return parsed(text) + (isDay ? 86_400_000 - 1 : 0);
}

/** What is no moment selects nothing. */
function parsed(text: string): number {
  return Date.parse(text);
}
