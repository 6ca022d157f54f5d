import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { APP } from '../sandbox/github/people.ts';
import { createGithub } from '../src/github/github.ts';
import { silentLog } from './fakes/log.ts';
import { startGithub } from './sandbox/github/start-github.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('names every command people may type', () => {
    const missing = Object.keys(commands).filter(
      (name) => !new RegExp(`/forge ${name}\\b`, 'u').test(readme),
    );

    expect(missing).toEqual([]);
  });

  it('lists every permission at GitHub that Forge says it lacks', async () => {
    const labels = await permissionsMissed();

    expect(labels.length).toBeGreaterThan(4);
    expect(labels.filter((label) => !listed().includes(label))).toEqual([]);
  });
});

async function permissionsMissed(): Promise<string[]> {
  const { github, origin } = await startGithub();
  github.change({ permissions: {} });
  const credentials = { kind: 'app', appId: String(APP.id), privateKey: github.privateKey } as const;
  const host = createGithub({ credentials, apiUrl: `${origin}/github`, log: silentLog });
  const problems = await host.setupProblems('acme/api', { signal: AbortSignal.timeout(60_000) });
  return problems.flatMap((problem) => /“(.*)”/u.exec(problem)?.[1] ?? []);
}

/** Permissions of the table, one by one: `Checks, Commit statuses: read-only` are two. */
function listed(): string[] {
  const rows = [...readme.matchAll(/^ *\| ([A-Z][^|]*): (read[^|]*) \|/gmu)];
  return rows.flatMap(([, names = '', access = '']) => names.split(', ').map((name) => `${name}: ${access}`));
}
