import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { withCode } from './code-text.ts';
import { valid } from './policy-text.ts';

const minute = 60_000;

function ofService(...checks: string[]): CheckPolicy[] {
  const [api] = valid(withCode({ checks })).services;
  return api?.checks ?? [];
}

describe('the checks of a policy file', () => {
  it('are none where nobody writes any', () => {
    expect(ofService()).toEqual([]);
  });

  it('stand in the order of the file, and those of an environment beside those of the service', () => {
    const policy = valid(
      withCode({ checks: ['{ changelog: CHANGELOG.md }', '{ image: yes }'], there: ['{ github: e2e }'] }),
    );

    expect(policy.services.map(({ checks }) => checks.map(({ name }) => name))).toEqual([
      ['Changelog', 'Image'],
      [],
    ]);
    expect(policy.environments.map(({ checks }) => checks.map(({ name }) => name))).toEqual([[], ['e2e']]);
  });

  it('may be the six usual ones of a Node repository', () => {
    const checks = ofService('defaults for node');

    expect(checks.map((check) => [check.name, check.kind === 'command' ? check.run : ''])).toEqual([
      ['Unit tests', 'npm run test'],
      ['Integration tests', 'npm run test:integration'],
      ['Security scan', 'npm run security:scan'],
      ['Lint', 'npm run lint'],
      ['Type check', 'npm run type-check'],
      ['Build', 'npm run build'],
    ]);
    expect(checks[0]).toEqual({
      name: 'Unit tests',
      within: 10 * minute,
      kind: 'command',
      run: 'npm run test',
      install: 'npm ci',
      installWithin: 10 * minute,
      outputLimit: 1_000_000,
    });
  });

  it('may be the usual ones with more around them', () => {
    expect(
      ofService('{ github: e2e }', 'defaults for node', '{ box: Stakeholders are told }').map(
        ({ kind }) => kind,
      ),
    ).toEqual(['github', ...Array.from({ length: 6 }, () => 'command'), 'box']);
  });

  it('run a command within ten minutes, with what its package manager installs', () => {
    expect(ofService('{ name: Unit tests, run: npm test }')).toEqual([
      {
        name: 'Unit tests',
        within: 10 * minute,
        kind: 'command',
        run: 'npm test',
        install: 'npm ci',
        installWithin: 10 * minute,
        outputLimit: 1_000_000,
      },
    ]);
  });

  it.each([
    ['npx vitest', 'npm ci'],
    ['pnpm test', 'pnpm install --frozen-lockfile'],
    ['yarn test', 'yarn install --immutable'],
    ['make test', undefined],
  ])('install what %s needs', (run, install) => {
    const [check] = ofService(`{ name: Tests, run: ${run} }`);

    expect(check?.kind === 'command' ? check.install : 'no command').toBe(install);
  });

  it('may say everything of a command', () => {
    expect(
      ofService(
        '{ name: Tests, run: go test ./..., within: 3m, install: go mod download, install within: 2m, output limit: 200 KB }',
      ),
    ).toEqual([
      {
        name: 'Tests',
        within: 3 * minute,
        kind: 'command',
        run: 'go test ./...',
        install: 'go mod download',
        installWithin: 2 * minute,
        outputLimit: 200_000,
      },
    ]);
  });

  it('install nothing where that is switched off', () => {
    expect(ofService('{ name: Tests, run: npm test, install: off }')[0]).not.toHaveProperty('install');
  });

  it('wait half an hour for a check on GitHub, and accept nothing but passed', () => {
    expect(ofService('{ github: build }')).toEqual([
      { name: 'build', within: 30 * minute, kind: 'github', check: 'build', accepts: [] },
    ]);
    expect(ofService('{ name: CI, github: build, within: 5m, accepts: [skipped, neutral] }')).toEqual([
      { name: 'CI', within: 5 * minute, kind: 'github', check: 'build', accepts: ['skipped', 'neutral'] },
    ]);
  });

  it('hold a limit of findings for what is more severe as well', () => {
    expect(ofService('{ scan: { high: 2, low: 9 }, override: admins }')).toMatchObject([
      { kind: 'scan', most: { critical: 2, high: 2, medium: 9, low: 9 }, override: 'admin' },
    ]);
    expect(ofService('{ scan: { critical: 0, high: 5 } }')).toEqual([
      { name: 'Image scan', within: 30 * minute, kind: 'scan', most: { critical: 0, high: 5 } },
    ]);
  });

  it('can want a release to be live elsewhere before', () => {
    const { environments } = valid(withCode({ there: ['{ staged: staging }'] }));

    expect(environments[1]?.checks).toMatchObject([
      { name: 'Proven in staging', kind: 'staged', in: 'staging' },
    ]);
  });

  it('look at migrations and at the changelog by their files', () => {
    expect(
      ofService('{ migrations safe: "migrations/**/*.sql" }', '{ changelog: docs/CHANGES.md }'),
    ).toMatchObject([
      { name: 'Migrations are safe', kind: 'migrations-safe', files: 'migrations/**/*.sql' },
      { name: 'Changelog', kind: 'changelog', file: 'docs/CHANGES.md' },
    ]);
  });

  it('may be boxes that people tick, named by what they say', () => {
    expect(
      ofService('{ box: Stakeholders are told, by: admins, within: 1h }', '{ box: Flags are set }'),
    ).toEqual([
      {
        name: 'Stakeholders are told',
        within: 60 * minute,
        kind: 'box',
        says: 'Stakeholders are told',
        by: 'admin',
      },
      { name: 'Flags are set', within: 120 * minute, kind: 'box', says: 'Flags are set' },
    ]);
  });

  it('change the version of the policy', () => {
    expect(valid(withCode()).version).not.toBe(valid(withCode({ checks: ['{ image: yes }'] })).version);
  });
});
