import type { CheckVerdict } from '../domain/check.ts';
import { type ChangedFile, type CodeHost, CodeHostRefused, type Comparison } from '../ports/code-host.ts';
import type { CheckSubject, LookOptions } from './check-look.ts';
import { listed, shortCommit } from './words.ts';

/** What the code host lists at most; as many may mean more. */
const MOST_FILES = 300;

export type Changes =
  | {
      kind: 'known';
      /** What is live, as people know it. */
      since: string;
      bases: readonly string[];
      /** Each once. */
      files: ChangedFile[];
      /** There may be more of them. */
      isCut: boolean;
      /** Nothing of it is not live already. */
      isNothingNew: boolean;
    }
  | { kind: 'unknown'; verdict: Extract<CheckVerdict, { kind: 'unknown' }> };

/** What has changed since what is live, in any region. Unknown where nobody knows what that is, or GitHub does not know it. */
export async function changesSinceLive(
  subject: CheckSubject,
  codeHost: CodeHost,
  options: LookOptions,
): Promise<Changes> {
  const bases = [...new Set([subject.liveCommit ?? []].flat())];
  if (bases.length === 0) {
    return unknown('Nobody knows which commit is live, so nobody can tell what has changed since.');
  }
  const comparisons: Comparison[] = [];
  for (const base of bases) {
    const comparison = await compare(subject, base, codeHost, options);
    if (comparison === undefined) return unknown(incomparable(subject, base));
    comparisons.push(comparison);
  }
  const files = new Map(comparisons.flatMap((one) => one.files).map((file) => [file.path, file]));
  return {
    kind: 'known',
    since: listed(bases.map(shortCommit)),
    bases,
    files: [...files.values()],
    isCut: comparisons.some((one) => one.files.length >= MOST_FILES),
    isNothingNew: comparisons.every(({ status }) => status === 'identical' || status === 'behind'),
  };
}

/** Undefined: GitHub does not know one of the two. */
async function compare(
  { service, commit }: CheckSubject,
  base: string,
  codeHost: CodeHost,
  options: LookOptions,
): Promise<Comparison | undefined> {
  try {
    return await codeHost.compare(service.repository, { base, head: commit }, options);
  } catch (error) {
    if (!(error instanceof CodeHostRefused) || error.why !== 'not-found') throw error;
    return undefined;
  }
}

function incomparable({ commit }: CheckSubject, base: string): string {
  return `GitHub cannot compare ${shortCommit(commit)} with what is live (${shortCommit(base)}): it does not know both, or does not show them to Forge.`;
}

function unknown(says: string): Changes {
  return { kind: 'unknown', verdict: { kind: 'unknown', says } };
}
