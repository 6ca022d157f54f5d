import { escaped, shortenedMarkup } from './text.ts';

/** Characters of output in one line of a thread: Slack takes 3,000 in a section. */
const MOST = 1700;
/** Characters of one line of output: what is longer is cut, so that one line does not push out all others. */
const WIDEST = 160;

/**
 * Lines of foreign output as a code block on lines of its own; nothing where there are none. Backticks are replaced by others that
 * look alike, since three of them would end the block, and what does not fit is left out from the beginning: the end says what failed.
 */
export function outputBlock(lines: readonly string[] | undefined): string {
  const shown: string[] = [];
  let length = 0;
  for (const line of (lines ?? []).toReversed()) {
    const text = shortenedMarkup(
      escaped(line.replaceAll(/\s+$/gu, '')).replaceAll('`', 'ˋ').replaceAll('\n', ' '),
      WIDEST,
    );
    length += text.length + 1;
    if (length > MOST) break;
    shown.unshift(text);
  }
  if (shown.every((line) => line === '')) return '';
  return `\n\`\`\`\n${shown.join('\n')}\n\`\`\``;
}
