import { describe, expect, it } from 'vitest';
import { startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';

describe('a response_url', () => {
  it('works five times', async () => {
    const { slack, origin } = await startWorkspace();
    const addresses: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        addresses.push(command.response_url);
        await ack();
      });
    });
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    const answers = [];
    for (const text of ['one', 'two', 'three', 'four', 'five', 'six']) {
      const response = await fetch(String(addresses[0]), { method: 'POST', body: JSON.stringify({ text }) });
      answers.push(`${response.status} ${await response.text()}`);
    }

    expect(answers).toEqual(['200 ok', '200 ok', '200 ok', '200 ok', '200 ok', '404 used_url']);
    expect(slack.messages('deploys', SAM)).toHaveLength(5);
  });

  it.each([
    { kind: 'error' as const, status: 500 },
    { kind: 'throttle' as const, status: 429 },
  ])('can be told to answer with $kind', async ({ kind, status }) => {
    const { slack, origin, setFaults } = await startWorkspace();
    const addresses: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        addresses.push(command.response_url);
        await ack();
      });
    });
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });
    setFaults({ operation: 'response_url', kind });

    const response = await fetch(String(addresses[0]), { method: 'POST', body: '{"text":"one"}' });

    expect(response.status).toBe(status);
    expect(slack.messages('deploys', SAM)).toEqual([]);
  });

  it('expires after half an hour and refuses bad blocks without saying why', async () => {
    let now = Date.now();
    const { slack, origin } = await startWorkspace({ clock: { now: () => now } });
    const addresses: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        addresses.push(command.response_url);
        await ack();
      });
    });
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });
    const post = async (body: unknown) => {
      const response = await fetch(String(addresses[0]), { method: 'POST', body: JSON.stringify(body) });
      return `${response.status} ${await response.text()}`;
    };

    expect(await post({ blocks: [{ type: 'header' }] })).toBe('400 invalid_blocks');
    now += 31 * 60_000;
    expect(await post({ text: 'late' })).toBe('404 expired_url');
  });
});
