import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Faults } from '../../../sandbox/faults.ts';
import { createGithub } from '../../../sandbox/github/github.ts';
import { sampleRepository } from './sample-repository.ts';
import { standInRunner } from './stand-in-runner.ts';

/** What a GitHub comes to on a machine whose programs are these. */
async function githubOn(programs: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'));
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return createGithub({
    origin: () => 'http://127.0.0.1',
    faults: new Faults(),
    folder: join(folder, 'github'),
    seed: [sampleRepository],
    runner: standInRunner,
  });
}

describe('where git is missing', () => {
  it('there is no GitHub, in a sentence', async () => {
    expect(await githubOn({})).toBe('Git is not installed: the sandbox starts without GitHub.');
  });

  it('or too old to merge, it says which it is', async () => {
    const github = await githubOn({ git: '#!/bin/sh\necho git version 2.37.9\n' });

    expect(github).toBe(
      'git version 2.37.9 is older than 2.38, which merging needs: the sandbox starts without GitHub.',
    );
  });
});
