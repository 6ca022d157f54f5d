import { CodeHostRefused, type Repository } from '../ports/code-host.ts';

/** The two parts of `owner/name`, as the routes want them. */
export function partsOf(repository: Repository): { owner: string; repo: string } {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (owner === undefined || repo === undefined || isDots(owner) || isDots(repo)) {
    throw new CodeHostRefused(
      `“${repository}” is no repository of GitHub: write it as owner/name in forge.yml.`,
      'invalid',
    );
  }
  return { owner, repo };
}

/**
 * Whether git lets a branch, a tag or a commit be called so. What it does not is never sent: a name of dots would be another
 * address. https://git-scm.com/docs/git-check-ref-format
 */
export function isRefName(ref: string): boolean {
  return (
    ref.length > 0 &&
    ref.length <= 255 &&
    !/[\p{Cc} ~^:?*[\\]|\.\.|\/\/|@\{|^[/-]|[/.]$|(^|\/)\.|\.lock(\/|$)/u.test(ref) &&
    ref !== '@'
  );
}

export function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

function isDots(part: string): boolean {
  return part === '.' || part === '..';
}
