/** Parts a sign that GitHub makes something of from what follows it. Not to be seen. */
const GAP = '\u200B';

/** Control and format characters, which can make a text read as another. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

type Replacement = [RegExp, (found: string) => string];

/** `:name:`, of which GitHub makes a picture: a tick might look like Forge’s own. */
const EMOJI: Replacement = [/:(?=[a-z0-9_+\\-]+:)/giu, (colon) => `${colon}${GAP}`];
/** `GH-12`. */
const REFERENCE: Replacement = [/\bgh-/giu, (start) => `${start.slice(0, 2)}${GAP}-`];
const COMMIT: Replacement = [
  /\b[0-9a-f]{7,40}\b/giu,
  (digits) => `${digits.slice(0, 4)}${GAP}${digits.slice(4)}`,
];
/**
 * `[skip ci]` and the like, which keep GitHub from running anything for a commit with such a message (docs.github.com, “Skipping
 * workflow runs”).
 */
const SKIP: Replacement = [/\[(?=(?:skip|ci|no|actions))/giu, (bracket) => `${bracket}${GAP}`];

/**
 * Foreign text for a line of a pull request’s description: shown as it is, never as markup, a mention, a reference, a link or a
 * word that closes an issue. GitHub looks for mentions, references and addresses in the finished page, where escapes are gone: only a gap helps
 * (docs.github.com, “Autolinked references and URLs”).
 */
export function markdownText(text: string, most = 300): string {
  return shortened(onOneLine(text), most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]>#|~$@]/gu, String.raw`\$&`)
    .replace(/^(?:[-+=]|\d+(?=[.)](?:\s|$)))/u, asStart)
    .replaceAll(/\\[@#]/gu, (sign) => `${sign}${GAP}`)
    .replaceAll('://', `:${GAP}//`)
    .replaceAll(/\bwww\./giu, (start) => `${start.slice(0, 3)}${GAP}.`)
    .replaceAll(...EMOJI)
    .replaceAll(...REFERENCE)
    .replaceAll(...COMMIT);
}

/** What would begin a list or a heading. */
function asStart(start: string): string {
  return /\d/u.test(start) ? `${start}\\` : `\\${start}`;
}

/** The same for a title, which is plain text but for code spans, and becomes the message of the merge commit. */
export function markdownTitle(text: string, most: number): string {
  const parted = onOneLine(text)
    .replaceAll('`', '\u02CB')
    .replaceAll(/[@#]/gu, (sign) => `${sign}${GAP}`)
    .replaceAll('://', `:${GAP}//`)
    .replaceAll(...SKIP)
    .replaceAll(...EMOJI)
    .replaceAll(...REFERENCE)
    .replaceAll(...COMMIT);
  return shortened(parted, most);
}

/** A code span: GitHub looks for nothing inside. Nor is a comment in it, which Forge’s own marks are. */
export function markdownCode(text: string, most = 200): string {
  const inner = shortened(onOneLine(text), most).replaceAll('<!--', `<${GAP}!--`);
  const longest = Math.max(0, ...(inner.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') || inner === '' ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

/** Of at most so many UTF-16 units; a pair of them is never cut. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** Without the gaps of an earlier time, so that text that comes back is the same again. */
function onOneLine(text: string): string {
  const whole = text.toWellFormed().replaceAll(GAP, '');
  return whole.replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim();
}
