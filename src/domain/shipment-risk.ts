/** How much could go wrong with a change, and why. */
export type Risk = { level: 'low' | 'medium' | 'high'; reasons: string[] };

type ChangedFile = { path: string; additions: number; deletions: number };

/** Lines from which a change is hard to read, and from which nobody reads it in one go. */
const LARGE = 300;
const HUGE = 1000;
const MANY_FILES = 30;

const MIGRATION = /(?:^|\/)migrations?\/|\.sql$/u;
const DEPENDENCIES =
  /(?:^|\/)(?:package(?:-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|go\.(?:mod|sum)|requirements[^/]*\.txt|poetry\.lock|Gemfile(?:\.lock)?|Cargo\.(?:toml|lock)|pom\.xml|build\.gradle(?:\.kts)?)$/u;
const WORKFLOW = /^\.github\/(?:workflows|actions)\//u;
const CONFIGURATION =
  /(?:^|\/)(?:Dockerfile[^/]*|docker-compose[^/]*|\.env[^/]*|forge\.yml|task-definition[^/]*\.json|[^/]*\.(?:tf|tfvars))$/u;
const TEST = /(?:^|\/)(?:tests?|specs?|__tests__)\/|\.(?:test|spec)\.[^/]+$|_test\.[^/]+$/u;
const CODE = /\.(?:[cm]?[jt]sx?|py|go|rb|rs|java|kt|scala|cs|php|swift|c|cc|cpp|h|ex|exs)$/u;

/** Judged by what changed alone: nobody’s word makes it less. `isWhole`: all changed files are among these. */
export function riskOf({ files, isWhole }: { files: readonly ChangedFile[]; isWhole: boolean }): Risk {
  const high = highReasons(files, isWhole);
  const medium = mediumReasons(files);
  if (high.length > 0) return { level: 'high', reasons: [...high, ...medium] };
  if (medium.length > 0) return { level: 'medium', reasons: medium };
  return { level: 'low', reasons: ['it is small, and nothing of it is delicate'] };
}

function highReasons(files: readonly ChangedFile[], isWhole: boolean): string[] {
  const lines = linesOf(files);
  return [
    ...(isWhole ? [] : ['more files changed than GitHub lists, so that not all of them were looked at']),
    ...(lines > HUGE ? [`${lines} lines changed, which is more than anybody reads in one go`] : []),
    ...reasonFor(files, MIGRATION, 'the database changes'),
    ...reasonFor(files, WORKFLOW, 'the automation on GitHub changes'),
  ];
}

function mediumReasons(files: readonly ChangedFile[]): string[] {
  const lines = linesOf(files);
  return [
    ...(lines > LARGE && lines <= HUGE ? [`${lines} lines changed`] : []),
    ...(files.length > MANY_FILES ? [`${files.length} files changed`] : []),
    ...reasonFor(files, DEPENDENCIES, 'dependencies change'),
    ...reasonFor(files, CONFIGURATION, 'the configuration of what runs changes'),
    ...(isUntested(files) ? ['code changes, and no test does'] : []),
  ];
}

function reasonFor(files: readonly ChangedFile[], kind: RegExp, reason: string): string[] {
  const first = files.find(({ path }) => kind.test(path));
  return first === undefined ? [] : [`${reason} (${first.path})`];
}

function isUntested(files: readonly ChangedFile[]): boolean {
  const isTest = ({ path }: ChangedFile) => TEST.test(path);
  return files.some((file) => CODE.test(file.path) && !isTest(file)) && !files.some(isTest);
}

function linesOf(files: readonly ChangedFile[]): number {
  let lines = 0;
  for (const { additions, deletions } of files) lines += additions + deletions;
  return lines;
}
