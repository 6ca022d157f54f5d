import { expect, it } from 'vitest';
import { lookAtCheck } from '../../src/use-cases/look-at-check.ts';
import { aServicePolicy } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeCommandRunner } from '../fakes/command-runner.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';

it('runs a command again that passed for a commit of the same name in another repository', async () => {
  const clock = createFakeClock();
  const runner = createFakeCommandRunner();
  const kept = new Set<string>();
  const store = {
    succeeded: async () => [],
    checkResult: async (key: string) => (kept.has(key) ? { at: clock.now(), detail: 'passed' } : undefined),
  };
  const look = async (repository: string) => {
    const { keep } = await lookAtCheck(
      {
        ...{ name: 'Unit tests', kind: 'command', run: 'npm test', within: 60_000 },
        ...{ installWithin: 60_000, outputLimit: 1000 },
      },
      { service: aServicePolicy({ repository }), commit: 'a'.repeat(40), version: 'v1' },
      { store, clock, runner, sourceControl: new FakeSourceControl() },
      { signal: AbortSignal.timeout(5_000) },
    );
    for (const { key } of keep) kept.add(key);
  };

  await look('acme/checkout');
  await look('acme/checkout');
  await look('acme/other');

  expect(runner.requests).toHaveLength(2);
});
