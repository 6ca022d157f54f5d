/** Whether a text names a commit by its beginning. Seven digits or more, in small letters: fewer are chance. */
export function isCommitPrefix(text: string, commit: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(text) && commit.startsWith(text);
}
