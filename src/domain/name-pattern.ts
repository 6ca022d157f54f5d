/**
 * Whether a name (of a branch, a tag or a file) fits a pattern in which `*` stands for anything but a slash, `**` for anything, and
 * folders before it may be missing where it says `**` and a slash. Everything else is meant as it is written.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  return new RegExp(`^${expressionOf(pattern)}$`, 'su').test(name);
}

function expressionOf(pattern: string): string {
  return pattern
    .split(/(\*\*\/|\*\*|\*)/u)
    .map((part) => WILD.get(part) ?? literally(part))
    .join('');
}

const WILD = new Map([
  ['**/', '(?:.*/)?'],
  ['**', '.*'],
  ['*', '[^/]*'],
]);

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
