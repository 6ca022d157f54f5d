import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LiveRun } from '../../../jobs/engine/live-run.ts';

describe('a run that is to settle', () => {
  it('waits for what is under way, and for what that has begun meanwhile', async () => {
    const run = aRun();
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const order: string[] = [];
    const busy = run.busy(first.promise).then(() => run.busy(second.promise));
    const settled = run.settled().then(() => order.push('settled'));

    first.resolve();
    await setImmediate();
    order.push('second');
    second.resolve();
    await Promise.all([busy, settled]);

    expect(order).toEqual(['second', 'settled']);
  });

  it('waits for nothing where nothing is under way, also when what was failed', async () => {
    const run = aRun();
    await run.busy(Promise.reject(new Error('no'))).catch(() => undefined);

    await expect(run.settled()).resolves.toBeUndefined();
  });
});

function aRun(): LiveRun {
  const times = { createdAt: 0, startedAt: 0, endedAt: undefined };
  const flags = { paused: false, abort: undefined };
  const end = { output: undefined, error: undefined, errorName: undefined };
  const about = { id: 'r', job: 'job', version: 1, key: undefined, input: null, firstSequence: 0 };
  return new LiveRun({ ...about, ...times, ...flags, ...end, status: 'active' }, []);
}
