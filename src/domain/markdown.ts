/** Parts a sign that GitHub makes something of from what follows it. Not to be seen. */
const GAP = '\u200B';

/** Control and format characters, which can make a text read as another. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

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
    .replace(/^(?:[-+=]|\d+(?=[.)]))/u, asStart)
    .replaceAll(/\\[@#]/gu, (sign) => `${sign}${GAP}`)
    .replaceAll('://', `:${GAP}//`)
    .replaceAll(/\bwww\./giu, (start) => `${start.slice(0, 3)}${GAP}.`)
    .replaceAll(/\bgh-/giu, (start) => `${start.slice(0, 2)}${GAP}-`)
    .replaceAll(/\b[0-9a-f]{7,40}\b/giu, (digits) => `${digits.slice(0, 4)}${GAP}${digits.slice(4)}`);
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
    .replaceAll(/\bgh-/giu, (start) => `${start.slice(0, 2)}${GAP}-`)
    .replaceAll('://', `:${GAP}//`);
  return shortened(parted, most);
}

/** A code span: GitHub looks for nothing inside. */
export function markdownCode(text: string, most = 200): string {
  const inner = shortened(onOneLine(text), most);
  const longest = Math.max(0, ...(inner.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') || inner === '' ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

/** Of at most so many UTF-16 units; a pair of them is never cut. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

function onOneLine(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim();
}
