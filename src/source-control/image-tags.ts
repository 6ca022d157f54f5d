import { isCommitPrefix } from '../domain/commit-name.ts';

const version = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/;

/** The versions among an image's tags (`v1.1.0`, also `1.1.0`), highest first. */
export function versionsIn(tags: readonly string[]): string[] {
  return tags.filter((tag) => version.test(tag)).toSorted((left, right) => compare(bare(right), bare(left)));
}

/** `1.1.0` and `v1.1.0` are the same version. */
export function isSameVersion(left: string, right: string): boolean {
  return bare(left) === bare(right);
}

/**
 * Whether an image was built from a branch: a tag is the branch's name with dashes for slashes, alone or followed by the
 * image's commit (`main-4f2c9d1`). Nothing else may follow, or `main` would also mean the branch `main-fix`, and
 * `release` the branch `release-2`.
 */
export function isOfBranch(tags: readonly string[], branch: string, commit: string): boolean {
  const name = branch.replaceAll('/', '-');
  return tags.some((tag) => {
    if (tag === name) return true;
    return tag.startsWith(`${name}-`) && isCommitPrefix(tag.slice(name.length + 1), commit);
  });
}

function bare(tag: string): string {
  return tag.replace(/^v/, '');
}

/** A version with a suffix (`1.1.0-rc.1`) comes before the one without. */
function compare(left: string, right: string): number {
  const [leftNumbers = '', leftSuffix = ''] = left.split(/[-+](.*)/);
  const [rightNumbers = '', rightSuffix = ''] = right.split(/[-+](.*)/);
  if (leftNumbers !== rightNumbers) return inOrder(leftNumbers, rightNumbers);
  if (leftSuffix === '' || rightSuffix === '') return rightSuffix.length - leftSuffix.length;
  return inOrder(leftSuffix, rightSuffix);
}

function inOrder(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
