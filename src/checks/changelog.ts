import type { CheckVerdict } from '../domain/check.ts';
import type { CodeHost } from '../ports/code-host.ts';
import { changesSinceLive } from './changes.ts';
import type { CheckSubject, Look, LookOptions } from './check-look.ts';
import { withoutGithub } from './unknown.ts';
import { plain, quoted } from './words.ts';

/** The file was changed since what is live. */
export const lookAtChangelog: Look<'changelog'> = async ({ file }, subject, { codeHost }, options) => {
  if (codeHost === undefined) return withoutGithub();
  const changes = await changesSinceLive(subject, codeHost, options);
  if (changes.kind === 'unknown') return changes.verdict;
  const { since, bases, isCut, isNothingNew } = changes;
  if (isNothingNew) {
    return passed(`Nothing is new since what is live (${since}), so there is nothing to tell.`);
  }
  const listed = changes.files.find(({ path }) => path === file);
  if (listed?.status === 'removed') return { kind: 'failed', says: `${quoted(file)} was removed.` };
  // Where GitHub lists no more files, it may be among those that are not.
  const isChanged =
    listed !== undefined || (isCut && (await isOther(file, { bases, subject }, codeHost, options)));
  if (isChanged) return passed(`${plain(file)} tells what is new since ${since}.`);
  const says = `${quoted(file)} does not tell what is new: it has not changed since what is live (${since}). Add an entry, and deploy that commit.`;
  return { kind: 'failed', says };
};

function passed(says: string): CheckVerdict {
  return { kind: 'passed', says };
}

/** Whether the file is there, and another one than at each of these. */
async function isOther(
  path: string,
  { bases, subject }: { bases: readonly string[]; subject: CheckSubject },
  codeHost: CodeHost,
  options: LookOptions,
): Promise<boolean> {
  const { repository } = subject.service;
  const now = await codeHost.file(repository, { path, sha: subject.commit }, options);
  if (now === undefined) return false;
  for (const sha of bases) {
    if ((await codeHost.file(repository, { path, sha }, options)) === now) return false;
  }
  return true;
}
