import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { good, valid } from './policy-text.ts';

const page = readFileSync(new URL('../../docs/from-a-commit.md', import.meta.url), 'utf8');

describe('the examples of the policy in docs/from-a-commit.md', () => {
  it('are a valid policy together, with a check of every kind', () => {
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

  it('has checks run in tasks of ECS as well', () => {
    const policy = valid(policyOfExamples(/```yaml\n(runner:\n.*?)```/su));

    expect(policy.runner?.isolation).toBe('ecs-task');
  });
});

/** All examples in one file: those of checks in both environments, but for what must have been in the first one. */
function policyOfExamples(runner = /```yaml\n(runner: .*?)```/su): string {
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
${example(/```yaml\n(github:.*?)```/su)}${example(runner)}`;
}

const place = '{ us-east-1: { url: "https://example.com", cluster: acme, service: api } }';

/** What stands in the first column of the table of checks. */
function examplesOfChecks(): string[] {
  const rows = example(/\n\| check \|[^\n]*\n\|[-|]+\n(.*?)\n\n/su).split('\n');
  return rows.map((row) => /^\| `([^`]+)` \|/u.exec(row)?.[1] ?? row);
}

function example(pattern: RegExp): string {
  const [whole, part] = pattern.exec(page) ?? [];
  if (whole === undefined) throw new Error(`The page has no example of ${pattern.source}`);
  return part ?? whole;
}
