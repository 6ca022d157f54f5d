import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { APP_TOKEN } from '../../../sandbox/slack/seed.ts';
import { refusalOf, startApp, startWorkspace, webClient } from './harness.ts';

const SAM = 'U0SAM';

describe('Socket Mode', () => {
  it('reconnects after a refresh and is delivered to again', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.command('/forge', ({ ack }) => ack());
    });

    slack.refresh();
    const between = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(between).toEqual({ acked: false, error: 'dispatch_failed' });
    await expect
      .poll(() => slack.command({ as: SAM, channel: 'deploys', text: '/forge help' }), { timeout: 5000 })
      .toMatchObject({ acked: true });
  });

  it('delivers each envelope to one of several connections', async () => {
    const { slack, origin } = await startWorkspace();
    const heard: string[] = [];
    for (const name of ['first', 'second']) {
      await startApp(origin, (app) => {
        app.command('/forge', async ({ ack }) => {
          heard.push(name);
          await ack();
        });
      });
    }

    await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(heard.toSorted()).toEqual(['first', 'second']);
  });

  it('is connected anew by the app after a cut, and what was on its way is lost', async () => {
    const { slack, origin, setFaults } = await startWorkspace();
    let heard = 0;
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack }) => {
        heard += 1;
        await ack();
      });
    });
    setFaults({ operation: 'deliver:slash_commands', kind: 'cut-before' });

    const cut = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(cut).toEqual({ acked: false, error: 'dispatch_failed' });
    expect(heard).toBe(0);
    await expect
      .poll(() => slack.command({ as: SAM, channel: 'deploys', text: '/forge help' }), { timeout: 5000 })
      .toMatchObject({ acked: true });
  });

  it('takes ten connections and sends the next one away', async () => {
    const { origin } = await startWorkspace();
    const client = webClient(origin, APP_TOKEN);
    const first: unknown[] = [];
    for (let count = 0; count < 11; count += 1) {
      const { url } = await client.apps.connections.open();
      const socket = new WebSocket(String(url));
      onTestFinished(() => socket.close());
      const message = await new Promise<MessageEvent>((resolve) => {
        socket.onmessage = resolve;
      });
      const { type, reason, num_connections } = JSON.parse(String(message.data));
      first.push(reason ?? `${type} ${num_connections}`);
    }

    expect(first.slice(-2)).toEqual(['hello 10', 'too_many_websockets']);
  });

  it('stays connected while its pings are answered', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.command('/forge', ({ ack }) => ack());
    });

    await wait(900);

    expect(await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' })).toMatchObject({
      acked: true,
    });
  });

  it('refuses a ticket that was used', async () => {
    const { origin, client } = await startWorkspace();

    expect(await refusalOf(client.apps.connections.open())).toMatchObject({
      error: 'not_allowed_token_type',
    });
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/link/?ticket=made-up`);
    const outcome = await new Promise((resolve) => {
      socket.onopen = () => resolve('opened');
      socket.onerror = () => resolve('refused');
    });
    expect(outcome).toBe('refused');
  });
});
