import { afterEach, expect, it, vi } from 'vitest';
import { runGit } from '../../src/runner/git.ts';
import { requireWellFormed } from '../../src/runner/well-formed.ts';
import { createFakeClock } from '../fakes/clock.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['main', '--upload-pack=touch', 'c0ffee', `${'a'.repeat(40)}\n`, 'A'.repeat(40), 'HEAD~1'])(
  'a command line is given the whole number of a commit, not %j',
  (commit) => {
    expect(() => requireWellFormed({ repository: 'acme/checkout', commit })).toThrow('whole number');
  },
);

it('git is given nothing of Forge’s environment but the way to the internet', async () => {
  vi.stubEnv('GIT_AUTHOR_NAME', 'a secret of Forge');
  vi.stubEnv('GIT_AUTHOR_EMAIL', 'forge@acme.example');

  const ended = await runGit({
    ...{ args: ['var', 'GIT_AUTHOR_IDENT'], within: 10_000 },
    ...{ signal: AbortSignal.timeout(10_000), clock: createFakeClock() },
  });

  expect(ended.kind).toBe('exited');
  expect(JSON.stringify(ended)).not.toContain('a secret of Forge');
});
