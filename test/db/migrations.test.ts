import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

describe.each([
  ['sqlite', 'sqlite'],
  ['postgres', 'postgresql'],
])('the %s migrations', (name, dialect) => {
  it('make the tables the schema describes: nothing is left to generate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'forge-migrations-'));
    cpSync(join(root, 'db', 'migrations', name), folder, { recursive: true });
    const before = readdirSync(folder);
    const options = [
      '--dialect',
      dialect,
      '--schema',
      `./db/schema.${name}.ts`,
      '--out',
      relative(root, folder),
    ];

    const output = execFileSync(
      process.execPath,
      ['node_modules/drizzle-kit/bin.cjs', 'generate', ...options],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );

    expect(output).toContain('No schema changes');
    expect(readdirSync(folder)).toEqual(before);
    rmSync(folder, { recursive: true });
  });
});
