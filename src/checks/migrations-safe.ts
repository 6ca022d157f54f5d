import { type CheckVerdict, TAIL_LINES } from '../domain/check.ts';
import { fitsPattern } from '../domain/name-pattern.ts';
import type { CodeHost } from '../ports/code-host.ts';
import { changesSinceLive } from './changes.ts';
import type { CheckOf, CheckSubject, Look, LookOptions } from './check-look.ts';
import { type AtLine, type Found, lookIntoSql } from './sql/look-into-sql.ts';
import { withoutGithub } from './unknown.ts';
import { listed, plain, shortCommit } from './words.ts';

/** Among the comments a file begins with. Such a file may break what was live before: nothing that is live uses that any more. */
const CONTRACT = /^(?:\s*--[^\n]*\n)*?\s*--[ \t]*forge:[ \t]*contract\b/iu;

type File = { path: string; isContract: boolean } & Found;

/**
 * No migration that is new since what is live may destroy or narrow what that still uses, unless its file declares itself a
 * contract step. SQL that PostgreSQL's parser cannot read is unknown.
 */
export const lookAtMigrations: Look<'migrations-safe'> = async (policy, subject, { codeHost }, options) => {
  if (codeHost === undefined) return withoutGithub();
  const changes = await changesSinceLive(subject, codeHost, options);
  if (changes.kind === 'unknown') return changes.verdict;
  const { since, isCut } = changes;
  const changed = changes.files.filter(
    ({ path, status }) => status !== 'removed' && fitsPattern(path, policy.files),
  );
  const files = await filesOf(
    changed.map(({ path }) => path),
    subject,
    codeHost,
    options,
  );
  return verdictOf(files, { policy, subject, since, isCut });
};

async function filesOf(
  paths: readonly string[],
  { service, commit }: CheckSubject,
  codeHost: CodeHost,
  options: LookOptions,
): Promise<File[]> {
  const files: File[] = [];
  for (const path of paths) {
    const text = await codeHost.file(service.repository, { path, sha: commit }, options);
    const found =
      text === undefined
        ? { broken: [], hidden: [], unreadable: [{ line: 1, says: 'GitHub does not show it' }] }
        : await lookIntoSql(text);
    files.push({ path, isContract: text !== undefined && CONTRACT.test(text), ...found });
  }
  return files;
}

type Context = { policy: CheckOf<'migrations-safe'>; subject: CheckSubject; since: string; isCut: boolean };

function verdictOf(files: readonly File[], { policy, subject, since, isCut }: Context): CheckVerdict {
  const expanding = files.filter(({ isContract }) => !isContract);
  const broken = sentences(expanding, ({ broken: found }) => found);
  if (broken.length > 0) {
    const says = `What is live would break: ${broken[0]}.${andMore(broken)} Deploy a release first that does without it; then begin the file with “-- forge: contract”.`;
    return { kind: 'failed', says, ...shown(broken, expanding, subject) };
  }
  const unclear = [
    ...sentences(files, ({ unreadable }) => unreadable),
    ...sentences(expanding, ({ hidden }) => hidden),
  ];
  if (unclear.length > 0) {
    const says = `Nobody can tell what the migrations do: ${unclear[0]}.${andMore(unclear)}`;
    return { kind: 'unknown', says, ...shown(unclear, files, subject) };
  }
  if (isCut) {
    const says = `So much has changed since what is live (${since}) that GitHub does not list it all, so there may be migrations nobody has looked at. Deploy in smaller steps.`;
    return { kind: 'unknown', says };
  }
  return { kind: 'passed', says: passedSentence(files, policy, since) };
}

function sentences(files: readonly File[], found: (file: File) => readonly AtLine[]): string[] {
  return files.flatMap((file) =>
    found(file).map(({ line, says }) => `${plain(file.path)}, line ${line}: ${plain(says, 300)}`),
  );
}

function andMore(all: readonly string[]): string {
  const more = all.length - 1;
  return more === 0 ? '' : ` There ${more === 1 ? 'is one more' : `are ${more} more`}.`;
}

function shown(all: readonly string[], files: readonly File[], { commit }: CheckSubject) {
  const paths = files
    .filter(({ broken, hidden, unreadable }) => broken.length + hidden.length + unreadable.length > 0)
    .map(({ path }) => inShell(`${shortCommit(commit)}:${path}`));
  return { tail: all.slice(0, TAIL_LINES), more: { command: ['git show', ...paths.slice(0, 3)].join(' ') } };
}

/** Whoever names a file must not have commands run by the person who looks at it. */
function inShell(text: string): string {
  return /^[\w./:@+-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function passedSentence(
  files: readonly File[],
  { files: pattern }: CheckOf<'migrations-safe'>,
  since: string,
): string {
  if (files.length === 0) return `No file of ${plain(pattern)} is new since ${since}.`;
  const contracts = files.filter(({ isContract }) => isContract).map(({ path }) => plain(path));
  const phase =
    contracts.length === 0
      ? 'They only expand: what is live goes on working.'
      : `Contract step, declared in ${listed(contracts)}: after it, what was live before cannot be put back.`;
  return `${files.length === 1 ? 'One migration is' : `${files.length} migrations are`} new since ${since}. ${phase}`;
}
