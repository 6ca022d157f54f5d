import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { good, valid } from './policy-text.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('what the README says of code in the policy', () => {
  it('is a valid policy, with a check of every kind', () => {
    const policy = valid(policyOfExamples());
    const kinds = [...policy.services, ...policy.environments].flatMap(({ checks }) =>
      checks.map(({ kind }) => kind),
    );

    expect(new Set(kinds)).toEqual(
      new Set(['command', 'github', 'image', 'scan', 'staged', 'migrations-safe', 'changelog', 'box']),
    );
    expect(policy.environments.map(({ triggers }) => triggers)).toEqual([{ push: 'main' }, { tag: 'v*' }]);
    expect(policy.services[0]?.build?.workflow).toBe('deploy.yml');
    expect(policy.github?.ship.then).toBe('staging');
    expect(policy.runner?.isolation).toBe('bubblewrap');
  });
});

/** All examples in one file: those of checks in both environments, but for what must have been in the first one. */
function policyOfExamples(): string {
  const checks = examplesOfChecks();
  const [staged = ''] = checks.filter((check) => check.includes('staged:'));
  const others = checks.filter((check) => check !== staged).join(', ');
  const build = example(/build: \{ workflow: [^}]*\}/u);
  const push = example(/deploys: \{ [^}]*on push: [^}]*\}/u);
  const tag = example(/on tag: "[^"]*"/u);
  return `${good
    .replace('people:\n', 'people:\n  approvers: [U0LENA]\n  release-managers: [U0LENA]\n')
    .replace('aws:\n', 'aws:\n  production: { account: "222222222222" }\n')
    .replace('    runs:\n', `    checks: [${others}]\n    ${build}\n    runs:\n      production: ${place}\n`)
    .replace(/deploys: .*/u, push)}  production:
    channel: C0PRODUCTION
    deploys: { branch: main, ${tag} }
    checks: [${staged}]
    strategy: rolling
${example(/```yaml\n(github:.*?)```/su)}${example(/```yaml\n(runner:.*?)```/su)}`;
}

const place = '{ us-east-1: { url: "https://example.com", cluster: acme, service: api } }';

/** What stands in the first column of the table of checks. */
function examplesOfChecks(): string[] {
  const rows = example(/\n\| check \|[^\n]*\n\|[-|]+\n(.*?)\n\n/su).split('\n');
  return rows.map((row) => /^\| `([^`]+)` \|/u.exec(row)?.[1] ?? row);
}

function example(pattern: RegExp): string {
  const [whole, part] = pattern.exec(readme) ?? [];
  if (whole === undefined) throw new Error(`The README has no example of ${pattern.source}`);
  return part ?? whole;
}
