import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import type { CheckResult } from '../../src/ports/check-results.ts';
import { lookAtCheck } from '../../src/use-cases/look-at-check.ts';
import { aServicePolicy } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeCommandRunner, failed, passed } from '../fakes/command-runner.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';

const unit: CheckPolicy = {
  ...{ name: 'Unit tests', kind: 'command', run: 'npm test', install: 'npm ci', within: 60_000 },
  ...{ installWithin: 60_000, outputLimit: 1000 },
};
const hours = 60 * 60_000;

function bench() {
  const clock = createFakeClock();
  const runner = createFakeCommandRunner();
  const results = new Map<string, CheckResult>();
  const store = {
    succeeded: async () => [],
    checkResult: async (key: string) => results.get(key),
  };
  const adapters = { store, clock, runner, sourceControl: new FakeSourceControl() };
  const look = async (policy = unit, commit = 'a'.repeat(40)) => {
    const subject = { service: aServicePolicy(), commit, version: 'v1' };
    const found = await lookAtCheck(policy, subject, adapters, { signal: AbortSignal.timeout(5_000) });
    for (const { key, detail } of found.keep) results.set(key, { at: clock.now(), detail });
    return found.verdict.kind;
  };
  return { look, clock, runner };
}

describe('a command that passed', () => {
  it('is not run again for the same commit', async () => {
    const { look, runner } = bench();

    expect([await look(), await look()]).toEqual(['passed', 'passed']);
    expect(runner.requests).toHaveLength(1);
  });

  it('is run again for another commit, another command and after another installation', async () => {
    const { look, runner } = bench();
    await look();

    await look(unit, 'b'.repeat(40));
    await look({ ...unit, run: 'npm run lint' });
    await look({ ...unit, install: 'npm install' });

    expect(runner.requests).toHaveLength(4);
  });

  it('is not run again because it has another name or more time', async () => {
    const { look, runner } = bench();
    await look();

    await look({ ...unit, name: 'Tests', within: 90_000 });

    expect(runner.requests).toHaveLength(1);
  });

  it('is run again after a day: what it looks at besides the commit may have changed', async () => {
    const { look, clock, runner } = bench();
    await look();
    await clock.advance(24 * hours);

    await look();

    expect(runner.requests).toHaveLength(2);
  });
});

describe('a command that failed', () => {
  it('is run again each time', async () => {
    const { look, runner } = bench();
    runner.script('npm test', failed('flaky'), passed());

    expect([await look(), await look()]).toEqual(['failed', 'passed']);
    expect(runner.requests).toHaveLength(2);
  });
});
