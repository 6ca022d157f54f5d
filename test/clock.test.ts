import { describe, expect, it } from 'vitest';
import { clock } from '../src/clock.ts';

describe('the clock', () => {
  it('sleeps', async () => {
    const begun = clock.now();

    await clock.sleep(20);

    expect(clock.now() - begun).toBeGreaterThanOrEqual(18);
  });

  it('does not wake at once from a sleep longer than a timer can be', async () => {
    const cancelled = new AbortController();
    const sleep = clock.sleep(60 * 86_400_000, cancelled.signal);
    const first = await Promise.race([sleep.then(() => 'woke'), clock.sleep(20).then(() => 'slept on')]);

    cancelled.abort(new Error('enough'));

    expect(first).toBe('slept on');
    await expect(sleep).rejects.toThrow('enough');
  });
});
