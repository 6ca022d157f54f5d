import { markdownTitle } from './markdown.ts';

/** GitHub takes no longer one. */
const LONGEST_TITLE = 256;

/** The title of the only commit, or else what the branch is called, in words. */
export function pullRequestTitle({
  branch,
  messages,
}: {
  branch: string;
  /** Of its commits. */
  messages: readonly string[];
}): string {
  const [only, another] = messages;
  const said = only !== undefined && another === undefined ? titleOf(only) : '';
  return markdownTitle(said === '' ? asWords(branch) : said, LONGEST_TITLE);
}

/** The first line of a commit message. */
export function titleOf(message: string): string {
  return message
    .trim()
    .replace(/\n[\s\S]*$/u, '')
    .trim();
}

/** `feature/add-banner` → `Add banner`. */
function asWords(branch: string): string {
  const words = branch
    .replace(/^.*\/(?=.)/u, '')
    .replaceAll(/[-_]+/gu, ' ')
    .trim();
  return words === '' ? branch : words.slice(0, 1).toUpperCase() + words.slice(1);
}
