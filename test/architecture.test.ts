import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom: the longest matching folder counts. Entries are folders or files of this project, packages, or
 * `node:` modules; a file may always import from its own folder. `types:` allows `import type` only.
 */
const RULES: Record<string, readonly string[]> = {
  // Pure: hashing and the distance of two words have no effect and no clock.
  'src/domain': ['zod', 'node:crypto', 'fastest-levenshtein', 'temporal-polyfill', 'croner'],
  // Ports hold zod schemas only for what is kept as JSON and read back.
  'src/ports': ['src/domain', 'types:@slack/types', 'zod'],
  'src/strategies': ['src/domain', 'zod'],
  'src/checks': ['src/domain', 'src/ports', 'libpg-query'],
  'src/use-cases': ['src/domain', 'src/ports', 'src/strategies', 'src/checks'],
  'src/forge.ts': ['src/domain', 'src/ports', 'src/use-cases'],
  'src/config': ['src/domain', 'zod', 'yaml', 'ical.js', 'node:'],
  'src/config.ts': ['src/config', 'src/domain', 'types:src/ports', 'node:'],
  'src/aws': ['src/domain', 'src/ports', '@aws-sdk/', '@smithy/', 'node:'],
  'src/metrics': ['src/domain', 'src/ports', 'src/aws', '@aws-sdk/'],
  'src/platforms': ['src/domain', 'src/ports', 'src/aws', '@aws-sdk/', 'node:'],
  'src/source-control': ['src/domain', 'src/ports', 'src/aws', '@aws-sdk/', 'zod', 'node:'],
  'src/schedules': [
    'src/domain',
    'src/ports',
    'src/aws',
    'src/platforms/ecs/schedules.ts',
    '@aws-sdk/',
    'zod',
    'node:crypto',
  ],
  'src/runner': ['src/domain', 'src/ports', 'zod', 'node:'],
  'src/runner/ecs-task': ['src/domain', 'src/ports', 'src/runner', 'src/aws', '@aws-sdk/', 'zod', 'node:'],
  'src/web': ['src/domain', 'src/ports', '@octokit/webhooks', 'zod', 'node:'],
  'src/github': [
    'src/ports',
    'src/domain/control-sequences.ts',
    'src/aws/network-trouble.ts',
    '@octokit/core',
    '@octokit/auth-app',
    '@octokit/plugin-retry',
    '@octokit/plugin-throttling',
    'zod',
    'node:',
  ],
  'src/smoke-probe.ts': ['src/domain', 'src/ports', 'undici'],
  'src/slack': ['src/domain', 'src/ports', '@slack/', 'zod', 'undici', 'node:'],
  'src/clock.ts': ['src/ports', 'node:'],
  'src/log.ts': ['src/ports'],
  // The two that put everything together.
  'src/assemble.ts': ['src', 'commands', 'jobs', 'db'],
  'src/main.ts': ['src', 'db'],
  'src/code.ts': ['src', 'node:'],
  views: ['src/domain', 'types:src/ports', 'types:src/use-cases', 'types:@slack/types'],
  commands: [
    'src/domain',
    'src/ports',
    'types:src/forge.ts',
    'types:src/use-cases',
    'views',
    'zod',
    'chrono-node',
    'types:@slack/types',
    'node:crypto',
  ],
  jobs: ['src/domain', 'src/ports', 'src/checks', 'src/use-cases', 'types:src/forge.ts', 'zod', 'node-cron'],
  'jobs/publishing': ['jobs', 'src/domain', 'src/ports', 'views'],
  'jobs/engine': ['src/domain', 'src/ports', 'node:'],
  db: ['src/domain', 'src/ports', 'jobs/engine', 'drizzle-orm', 'better-sqlite3', 'zod', 'node:'],
  // A world, not a part: it knows nothing of Forge's folders.
  sandbox: ['zod', 'ws', 'yaml', 'undici', 'node:'],
  'sandbox/page': [],
};

type Import = { from: string; to: string; isTypeOnly: boolean };

describe('the architecture', () => {
  it('lets every folder import only what it may', async () => {
    const offenders = (await allImports()).filter((one) => !isAllowed(one));

    expect(offenders.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has a rule for every source file', async () => {
    const files = await sourceFiles();

    expect(files.filter((file) => ruleOf(file) === undefined)).toEqual([]);
  });

  it('never waits inside a database transaction: better-sqlite3 would go on writing outside of it', async () => {
    const files = await sourceFiles();

    const offenders = files.filter((file) =>
      /transaction\(\s*async|write\(\s*async/u.test(readFileSync(file, 'utf8')),
    );

    expect(offenders).toEqual([]);
  });

  it('keeps drizzle and SQLite in db', async () => {
    const offenders = (await allImports()).filter(
      ({ from, to }) => /^(drizzle|better-sqlite3)/u.test(to) && !from.startsWith('db/'),
    );

    expect(offenders).toEqual([]);
  });

  it('names an offender', () => {
    const offender = { from: 'src/domain/plan.ts', to: '@slack/bolt', isTypeOnly: false };

    expect(isAllowed(offender)).toBe(false);
  });

  it('finds every way to import', () => {
    const text = `import a from 'x';\nimport type { B } from './b.ts';\nimport {\n  c,\n} from "y";\nexport { d } from 'z';\nconst e = await import('w');\nimport 'v';`;

    const found = importsIn('src/a/f.ts', text).map(({ to, isTypeOnly }) => [to, isTypeOnly]);

    expect(found).toEqual([
      ['x', false],
      ['src/a/b.ts', true],
      ['y', false],
      ['z', false],
      ['w', false],
      ['v', false],
    ]);
  });
});

async function sourceFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('{src,commands,views,jobs,db,sandbox}/**/*.ts')) files.push(file);
  return files.sort();
}

async function allImports(): Promise<Import[]> {
  const files = await sourceFiles();
  return files.flatMap((file) => importsIn(file, readFileSync(file, 'utf8')));
}

function importsIn(file: string, text: string): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gmu;
  return [...text.matchAll(pattern)].map(([, type, statement, call]) => {
    const specifier = statement ?? call ?? '';
    const to = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier;
    return { from: file, to, isTypeOnly: type !== undefined };
  });
}

function ruleOf(file: string): string | undefined {
  const folders = Object.keys(RULES).filter((folder) => file === folder || file.startsWith(`${folder}/`));
  return folders.sort((left, right) => right.length - left.length)[0];
}

function isAllowed({ from, to, isTypeOnly }: Import): boolean {
  const rule = ruleOf(from);
  if (rule === undefined) return false;
  const own = rule.endsWith('.ts') ? dirname(rule) : rule;
  if (!rule.endsWith('.ts') && to.startsWith(`${own}/`)) return true;
  return (RULES[rule] ?? []).some((entry) => {
    const isForTypes = entry.startsWith('types:');
    const allowed = isForTypes ? entry.slice('types:'.length) : entry;
    if (isForTypes && !isTypeOnly) return false;
    return (
      to === allowed ||
      to.startsWith(allowed.endsWith('/') || allowed.endsWith(':') ? allowed : `${allowed}/`)
    );
  });
}
