/** Characters of foreign text that a sentence holds at most. */
const MOST = 120;

/** Foreign text as a part of a sentence: on one line, without control characters, and not for ever. Still foreign: escaped where it is shown. */
export function quoted(text: string): string {
  return `“${plain(text)}”`;
}

/** The same without quotation marks. */
export function plain(text: string, most = MOST): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : line;
}

/** As people know a commit; the name of a branch stays as it is. */
export function shortCommit(commit: string): string {
  return /^[0-9a-f]{40}$/u.test(commit) ? commit.slice(0, 12) : plain(commit);
}

export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** A length of time as people say it, rounded: `12 s`, `3 min`, `2 h`. */
export function lengthInWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
