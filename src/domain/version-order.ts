/**
 * Which of two tags is of the greater version, as `sort` wants it: numbers by their size, and what comes before a release
 * (`v1.2.0-rc.1`) before it, as in https://semver.org/#spec-item-11; what is no number goes by its letters.
 */
export function byVersion(left: string, right: string): number {
  const [first, second] = [partsOf(left), partsOf(right)];
  return (
    compareParts(first.prefix, second.prefix) ||
    compareParts(first.core, second.core) ||
    comparePreRelease(first.before, second.before)
  );
}

/** Whether one tag is of a greater version than another of the same series: `v1.2.0` is neither before nor after `web-v1.1.0`, or `vnext`. */
export function isGreaterVersion(tag: string, than: string): boolean {
  return seriesOf(tag) === seriesOf(than) && byVersion(tag, than) > 0;
}

/** `v` of `v1.2.0`: what stands before the number. What has none is a series of its own. */
export function seriesOf(tag: string): string {
  return tag.slice(0, firstDigit(tag));
}

function firstDigit(tag: string): number {
  const digit = tag.search(/\d/u);
  return digit === -1 ? tag.length : digit;
}

/** `api-v1.2.0-rc.1` is the version 1.2.0, before its release, of what is called `api-v`. */
function partsOf(tag: string): { prefix: string[]; core: string[]; before: string[] } {
  const begin = firstDigit(tag);
  const prefix = tag.slice(0, begin);
  // What was built it with says nothing of its order.
  const version = tag.slice(begin).replace(/\+.*$/su, '');
  const dash = version.indexOf('-');
  const end = dash === -1 ? version.length : dash;
  const [core, before] = [split(version.slice(0, end)), split(version.slice(end))];
  return { prefix: prefix === '' ? [] : [prefix], core, before };
}

function split(text: string): string[] {
  return text.match(/\d+|[^\d.-]+/gu) ?? [];
}

/** One without is the release itself. */
function comparePreRelease(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  return compareParts(left, right);
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = comparePart(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined)
    return (left === undefined ? 0 : 1) - (right === undefined ? 0 : 1);
  const [first, second] = [numberOf(left), numberOf(right)];
  if (first !== undefined && second !== undefined) return first < second ? -1 : Number(first > second);
  if (first !== undefined || second !== undefined) return first === undefined ? 1 : -1;
  return left < right ? -1 : Number(left > right);
}

/** Of any length: what is too long for a number is foreign text as well. */
function numberOf(part: string): bigint | undefined {
  return /^\d+$/u.test(part) ? BigInt(part) : undefined;
}
