import { describe, expect, it } from 'vitest';
import { startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';

describe('the count of calls', () => {
  it('tells by method and channel how many there were, also where limits are off', async () => {
    const { client, slack } = await startWorkspace();
    for (const channel of [DEPLOYS, '#deploys', 'C0PRODUCTION']) {
      await client.chat.postMessage({ channel, text: 'x' });
    }

    const posts = slack.rateLimitUsage().filter(({ method }) => method === 'chat.postMessage');

    expect(posts).toContainEqual(expect.objectContaining({ channel: DEPLOYS, perMinute: 60, taken: 2 }));
    expect(posts).toContainEqual(expect.objectContaining({ channel: 'C0PRODUCTION', taken: 1 }));
    expect(posts).toContainEqual({
      method: 'chat.postMessage',
      perMinute: 300,
      taken: 3,
      refused: 0,
      mostInAMinute: 3,
      mostInASecond: expect.any(Number),
    });
  });

  it('knows the most within any minute and any second', async () => {
    let now = 1_800_000_000_000;
    const { client, slack } = await startWorkspace({ clock: { now: () => now } });
    for (const after of [0, 0, 0, 40_000, 0, 30_000, 50_000]) {
      now += after;
      await client.users.info({ user: 'U0SAM' });
    }

    const [usage] = slack.rateLimitUsage().filter(({ method }) => method === 'users.info');

    expect(usage).toMatchObject({ perMinute: 100, taken: 7, mostInAMinute: 5, mostInASecond: 3 });
  });

  it('counts what was refused, with the seconds to wait', async () => {
    let now = 1_800_000_000_000;
    const { client, slack } = await startWorkspace({ rateLimitScale: 1, clock: { now: () => now } });
    const list = () => client.users.list({});
    for (let count = 1; count <= 10; count += 1) await list();

    await expect(list()).rejects.toMatchObject({ retryAfter: 3 });
    now += 3000;
    await list();

    const [usage] = slack.rateLimitUsage().filter(({ method }) => method === 'users.list');
    expect(usage).toMatchObject({ perMinute: 20, taken: 11, refused: 1 });
  });
});
