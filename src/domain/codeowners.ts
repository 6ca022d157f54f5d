/** Where GitHub looks for it, the first that is there counts (docs.github.com, “About code owners”). */
export const CODEOWNERS_PATHS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

type Rule = { pattern: RegExp; owners: string[] };

/**
 * Whom a CODEOWNERS file names for these files: logins and `org/team`, each once. The last line that fits a file counts, also one
 * that names nobody. Lines GitHub does not understand are skipped, as it does; e-mail addresses cannot be asked for a review.
 */
export function codeOwnersOf(text: string, paths: readonly string[]): string[] {
  const rules = text.split(/\r?\n/u).flatMap(ruleIn);
  const owners = paths.flatMap((path) => rules.findLast(({ pattern }) => pattern.test(path))?.owners ?? []);
  return [...new Set(owners)];
}

function ruleIn(line: string): Rule[] {
  const words = wordsOf(line);
  const [glob, ...said] = words;
  if (glob === undefined) return [];
  const pattern = patternOf(glob);
  if (pattern === undefined || said.some((owner) => !isOwner(owner))) return [];
  const owners = said.filter((owner) => owner.startsWith('@')).map((owner) => owner.slice(1));
  return [{ pattern, owners }];
}

/** A space that belongs to a name is escaped; what follows a `#` is a comment. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const word of line.trim().match(/(?:\\.|\S)+/gu) ?? []) {
    if (word.startsWith('#')) break;
    words.push(word);
  }
  return words;
}

function isOwner(word: string): boolean {
  return /^@[\w.-]+(?:\/[\w.-]+)?$/u.test(word) || /^[^@\s]+@[^@\s]+$/u.test(word);
}

/** As in .gitignore; `!` and `[ ]` mean nothing here, and `\#` does not begin a name. */
function patternOf(glob: string): RegExp | undefined {
  if (glob.startsWith('!') || glob.startsWith('\\#') || /[[\]]/u.test(glob)) return undefined;
  const isFolder = glob.endsWith('/');
  const body = glob.replace(/^\//u, '').replace(/\/$/u, '');
  const isAnchored = glob.startsWith('/') || body.includes('/');
  const start = isAnchored ? '^' : '^(?:.*/)?';
  const end = endOf(body, isFolder);
  return new RegExp(start + bodyOf(body) + end, 'u');
}

/** A name stands for a folder and all in it as well; `docs/*` for what is right in it alone. */
function endOf(body: string, isFolder: boolean): string {
  if (isFolder) return '/.+$';
  return body.includes('/') && /(?:^|[^*])\*$/u.test(body) ? '$' : '(?:/.*)?$';
}

function bodyOf(glob: string): string {
  let pattern = '';
  for (const [part] of glob.matchAll(/\/\*\*\/|\*\*\/|\/\*\*|\*\*|\*|\?|\\.|[^*?\\/]+|\/|\\/gu))
    pattern += partOf(part);
  return pattern;
}

function partOf(part: string): string {
  switch (part) {
    case '/**/':
      return '/(?:.*/)?';
    case '**/':
      return '(?:.*/)?';
    case '/**':
      return '/.*';
    case '**':
      return '.*';
    case '*':
      return '[^/]*';
    case '?':
      return '[^/]';
  }
  const text = part.startsWith('\\') ? part.slice(1) : part;
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
