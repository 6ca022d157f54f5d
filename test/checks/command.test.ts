import { describe, expect, it } from 'vitest';
import { lookAt } from '../../src/checks/index.ts';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { aCommit, aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = {
  ...{ name: 'Unit tests', within: 600_000, kind: 'command', run: 'npm test', install: 'npm ci' },
  ...{ installWithin: 300_000, outputLimit: 1_000_000 },
};

const output = { text: 'one\ntwo\n\n', isCut: false };
const more = { command: 'git checkout c0ffee000000 && npm ci && npm test' };

describe('a command check', () => {
  it('runs the command in a checkout of exactly the commit', async () => {
    const { runner, adapters } = aWorld();

    await look({ check, adapters });

    expect(runner.requests).toEqual([
      {
        ...{ repository: 'acme/checkout', commit: aCommit, command: 'npm test', within: 600_000 },
        ...{ install: { command: 'npm ci', within: 300_000 }, outputLimit: 1_000_000 },
      },
    ]);
  });

  it('installs nothing where nothing is to be installed', async () => {
    const { runner, adapters } = aWorld();
    const { install: _install, ...plain } = { ...check, install: undefined };

    await look({ check: plain, adapters });

    expect(runner.requests[0]).not.toHaveProperty('install');
  });

  it('passes when the command ends with 0, and says how long it took', async () => {
    const { runner, adapters } = aWorld();
    runner.script('npm test', passed('all well'));

    expect(await look({ check, adapters })).toEqual({ kind: 'passed', says: 'Passed in 1 s.' });
  });

  it('fails with the end of the output when it ends with anything else', async () => {
    const { runner, adapters } = aWorld();
    runner.script('npm test', failed('one\ntwo\n\n'));

    expect(await look({ check, adapters })).toEqual({
      kind: 'failed',
      says: '“npm test” found something wrong (exit code 1). Whoever made the change sees what in its output.',
      tail: ['one', 'two'],
      more,
    });
  });

  it('says when a program is not there', async () => {
    const { runner, adapters } = aWorld();
    runner.script('npm test', failed('sh: vitest: not found', 127));

    expect(await look({ check, adapters })).toMatchObject({
      kind: 'failed',
      says: expect.stringContaining('a program it needs is not there (exit code 127)'),
    });
  });

  it('shows the last thirty lines, and no line for ever', async () => {
    const { runner, adapters } = aWorld();
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    runner.script('npm test', failed([...lines, 'x'.repeat(5_000)].join('\n')));

    const verdict = await look({ check, adapters });

    const tail = 'tail' in verdict ? (verdict.tail ?? []) : [];
    expect(tail).toHaveLength(30);
    expect(tail[0]).toBe('line 21');
    expect(tail.at(-1)).toBe(`${'x'.repeat(399)}…`);
  });

  it('has no output to show where the command said nothing', async () => {
    const { runner, adapters } = aWorld();
    runner.script('npm test', failed('\n\n'));

    expect(await look({ check, adapters })).not.toHaveProperty('tail');
  });

  it.each([
    {
      outcome: { kind: 'timed-out', output, tookMs: 600_000 } as const,
      verdict: {
        kind: 'failed',
        says: expect.stringContaining('did not end within 10 min'),
        tail: ['one', 'two'],
        more,
      },
    },
    {
      outcome: { kind: 'killed', signal: 'SIGKILL', output, tookMs: 5 } as const,
      verdict: {
        kind: 'unknown',
        says: expect.stringContaining('(SIGKILL), most often for want of memory'),
        tail: ['one', 'two'],
        more,
      },
    },
    {
      outcome: { kind: 'install-failed', reason: 'npm ci ended with 1.', output } as const,
      verdict: {
        kind: 'unknown',
        says: expect.stringContaining('so it was not run: npm ci ended with 1.'),
        tail: ['one', 'two'],
        more,
      },
    },
    {
      outcome: { kind: 'unavailable', reason: 'The commit is not in the repository any more.' } as const,
      verdict: {
        kind: 'unknown',
        says: '“npm test” was not run: The commit is not in the repository any more.',
      },
    },
  ])('has not passed when the runner says $outcome.kind', async ({ outcome, verdict }) => {
    const { runner, adapters } = aWorld();
    runner.script('npm test', outcome);

    expect(await look({ check, adapters })).toEqual(verdict);
  });

  it('is unknown where there is no runner', async () => {
    const { adapters: all } = aWorld();
    const { runner: _runner, ...adapters } = all;

    expect(await look({ check, adapters })).toEqual({
      kind: 'unknown',
      says: expect.stringContaining('Commands of checks run nowhere yet'),
    });
  });

  it('ends with the signal', async () => {
    const { runner, adapters } = aWorld();
    runner.script('npm test', 'hang');
    const controller = new AbortController();

    const looking = lookAt(check, aSubject(), adapters, { signal: controller.signal });
    controller.abort(new Error('Somebody aborts'));

    await expect(looking).rejects.toThrow('Somebody aborts');
    expect(runner.hanging).toEqual([]);
  });
});
