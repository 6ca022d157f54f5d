import { type ChangedCommits, type CodeChange, codeChangesOf } from '../src/domain/code-changes.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { newVersion, who } from './deployment-words.ts';
import { linkTo } from './more-told.ts';
import { code, oneLine, quoted, sentence, shortened } from './text.ts';

/** Commits and migrations that are shown; the code host shows the rest. */
const MOST_COMMITS = 3;
const MOST_MIGRATIONS = 5;
/** Characters of a commit's title, of its author, of a path, and of why nobody can tell. */
const MOST_TITLE = 120;
const MOST_AUTHOR = 60;
const MOST_PATH = 120;
const MOST_WHY = 400;

/** What is different in the code between what is live and what goes out, a paragraph each; in markup. */
export function codeChangesTold(deployment: Deployment): string[] {
  const found = codeChangesOf(deployment);
  if (found === undefined) return [`Forge has not seen what is new in the code: ${askRequester(deployment)}`];
  if (found.kind === 'unknown') {
    const why = sentence(quoted(found.says, MOST_WHY));
    return [
      `:grey_question: Forge cannot tell what is new in the code: ${why} Otherwise ${askRequester(deployment)}`,
    ];
  }
  const isOneOfMany = found.changes.length + found.unknownIn.length > 1;
  return [
    ...found.changes.map((change) => changeTold(change, deployment, isOneOfMany)),
    ...(found.unknownIn.length === 0
      ? []
      : [
          `:grey_question: Nobody knows which commit is live in ${listed(found.unknownIn)}, so Forge cannot tell what is new there: ${askRequester(deployment)}`,
        ]),
  ];
}

/** What taking a deployment back takes out of the code, where it is known; `to`: the commit that is put back. In markup. */
export function codeTakenBack({ codeChanges }: Deployment, to: string | undefined): string[] {
  if (codeChanges?.kind !== 'known' || to === undefined) return [];
  const [change, another] = codeChanges.changes;
  if (change?.base !== to || another !== undefined || codeChanges.unknownIn.length > 0) return [];
  const { brings, takesAway, migrations } = change;
  if (brings.total === 0) return [];
  const back = takesAway.total === 0 ? '' : ` and brings ${commits(takesAway)} back`;
  const told = `It takes ${commits(brings)} out of the code${back}.${seeAll(change)}`;
  return [[told, ...commitLines(brings), ...databaseStays(migrations?.brings)].join('\n')];
}

function changeTold(change: CodeChange, deployment: Deployment, isOneOfMany: boolean): string {
  const { regions, brings, takesAway, migrations } = change;
  const where = isOneOfMany ? ` in ${listed(regions)}` : '';
  if (brings.total === 0 && takesAway.total === 0) {
    return `*What is new in the code${where}:* nothing, it is the same commit as is live.`;
  }
  const version = quoted(newVersion(deployment), 100);
  const lines = [
    `*What is new in the code${where}:* ${bothWays(change, version)} ${size(change)}${seeAll(change)}`,
    ...commitLines(brings),
    ...(takesAway.total === 0 || brings.total === 0 ? [] : ['Taken away:']),
    ...commitLines(takesAway),
    ...(migrations === undefined ? [] : database(change, migrations)),
  ];
  return lines.join('\n');
}

function bothWays({ brings, takesAway }: CodeChange, version: string): string {
  if (takesAway.total === 0) return `${version} brings ${commits(brings)}.`;
  const away = `${commits(takesAway)} that ${takesAway.total === 1 ? 'is' : 'are'} live now`;
  if (brings.total === 0) return `${version} is older: it takes away ${away}.`;
  return `${version} brings ${commits(brings)} and takes away ${away}.`;
}

function commits({ total }: ChangedCommits): string {
  return total === 1 ? '1 commit' : `${total} commits`;
}

/** Where the code host lists no more files, there are at least so many. */
function size({ files, additions, deletions, isCut }: CodeChange): string {
  const most = isCut ? 'At least ' : '';
  const changed = files === 1 ? '1 file is' : `${files} files are`;
  return `${most}${changed} different: ${lines(additions)} added, ${lines(deletions)} removed.`;
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}

function seeAll({ url }: CodeChange): string {
  const link = linkTo(url, 'See it all on GitHub');
  return link === '' ? '' : ` ${sentence(link)}`;
}

function commitLines({ total, newest }: ChangedCommits): string[] {
  const shown = newest.slice(0, MOST_COMMITS);
  const others = total - shown.length;
  return [
    ...shown.map(({ sha, title, author }) => {
      const by = author === undefined ? '' : `, by ${quoted(author, MOST_AUTHOR)}`;
      return `• ${quoted(title, MOST_TITLE)}${by} (${code(sha.slice(0, 7))})`;
    }),
    ...(others > 0 ? [`• … and ${others} older`] : []),
  ];
}

type Migrations = NonNullable<CodeChange['migrations']>;

function database({ isCut }: CodeChange, { brings, takesAway }: Migrations): string[] {
  const more = isCut
    ? [
        ':warning: GitHub does not list all files, so there may be migrations of the database that are not named here.',
      ]
    : [];
  if (brings.total === 0 && takesAway.total === 0) {
    return isCut ? more : ['No migration of the database is among them.'];
  }
  const comes = brings.total === 0 ? [] : [`:warning: It comes with ${named(brings)}.`];
  return [...comes, ...databaseStays(takesAway), ...more];
}

/** Going back leaves the database as it is. */
function databaseStays(migrations: Migrations['brings'] | undefined): string[] {
  if (migrations === undefined || migrations.total === 0) return [];
  return [`:warning: Forge does not take back what these did to the database: ${named(migrations)}.`];
}

function named({ total, names }: Migrations['brings']): string {
  const shown = names.slice(0, MOST_MIGRATIONS).map((path) => code(shortened(oneLine(path), MOST_PATH)));
  const others = total - shown.length;
  const count = total === 1 ? '1 migration' : `${total} migrations`;
  return `${count} (${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''})`;
}

function listed(regions: readonly string[]): string {
  return regions.map((region) => quoted(region, 40)).join(', ');
}

/** Nobody should take silence about it for a no. */
function askRequester({ requestedBy }: Deployment): string {
  return `ask ${requestedBy.kind === 'person' ? who(requestedBy) : 'whoever made it'}.`;
}
