import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { APP_TOKEN } from '../../../sandbox/slack/seed.ts';
import { PATIENT, refusalOf, startApp, startWorkspace, webClient } from './harness.ts';
import { openRawSocket } from './raw-socket.ts';

const SAM = 'U0SAM';
const HELP = { as: SAM, channel: 'deploys', text: '/forge help' };

describe('a Socket Mode connection', () => {
  it('is greeted with how many there are and how long it will live', async () => {
    const { origin } = await startWorkspace();
    await openRawSocket(origin);

    const second = await openRawSocket(origin);

    expect(second.frames[0]).toMatchObject({
      type: 'hello',
      num_connections: 2,
      connection_info: { app_id: 'A0FORGE' },
      debug_info: { host: expect.any(String), approximate_connection_time: 18_060 },
    });
  });

  it('is warned before it is to be replaced, and closed a while after', async () => {
    const { origin } = await startWorkspace({
      timing: { connectionMs: 150, warningMs: 100, graceMs: 50 },
    });

    const socket = await openRawSocket(origin);
    await expect.poll(() => socket.isClosed(), PATIENT).toBe(true);

    expect(socket.heard()).toEqual(['hello', 'warning', 'refresh_requested']);
  });

  it('opened with debug_reconnects lives six minutes, sped up with everything else', async () => {
    const { origin } = await startWorkspace({ speed: 3600 });

    const socket = await openRawSocket(origin, { query: '&debug_reconnects=true' });

    expect(socket.frames[0]).toMatchObject({ debug_info: { approximate_connection_time: 0 } });
    await expect.poll(() => socket.heard().slice(1), PATIENT).toEqual(['warning', 'refresh_requested']);
  });

  it('is still delivered to after the warning', async () => {
    const { slack, origin } = await startWorkspace();
    const socket = await openRawSocket(origin, {
      onFrame: (frame, raw) => {
        if (frame.envelope_id !== undefined) raw.send({ envelope_id: frame.envelope_id });
      },
    });
    slack.connections('warn');

    const delivery = await slack.command(HELP);

    expect(delivery).toMatchObject({ acked: true });
    expect(socket.heard()).toEqual(['hello', 'warning', 'slash_commands']);
  });

  it('is replaced by a real app that was warned', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => app.command('/forge', ({ ack }) => ack()));

    slack.connections('warn');

    const opened = () => slack.rateLimitUsage().find(({ method }) => method === 'apps.connections.open');
    await expect.poll(() => opened()?.taken, PATIENT).toBe(2);
    await expect.poll(() => slack.connectionCount(), PATIENT).toBe(1);
    expect(await slack.command(HELP)).toMatchObject({ acked: true });
  });

  it('that goes silent loses what is delivered to it, until the app notices and connects anew', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 150 });
    await startApp(origin, (app) => app.command('/forge', ({ ack }) => ack()));
    slack.connections('silence');

    const lost = await slack.command(HELP);

    expect(lost).toEqual({ acked: false, error: 'operation_timeout' });
    await expect.poll(() => slack.command(HELP), PATIENT).toEqual({ acked: true, ms: expect.any(Number) });
  });

  it('that is cut ends without a close frame', async () => {
    const { slack, origin } = await startWorkspace();
    const socket = await openRawSocket(origin);

    slack.connections('cut');

    await expect.poll(() => socket.closeCode(), PATIENT).toBe(1006);
  });

  it('whose far end answers no pings is dropped; one that answers stays', async () => {
    const { slack, origin } = await startWorkspace({ timing: { pingEveryMs: 100 } });
    const dead = await openRawSocket(origin, { autoPong: false });
    const alive = await openRawSocket(origin);

    await expect.poll(() => dead.isClosed(), PATIENT).toBe(true);
    await wait(300);

    expect(alive.isClosed()).toBe(false);
    expect(slack.connectionCount()).toBe(1);
  });

  it('is told when Socket Mode is switched off, and none can be opened until it is on again', async () => {
    const { slack, origin } = await startWorkspace();
    const socket = await openRawSocket(origin);

    slack.configure({ socketMode: false });

    await expect.poll(() => socket.heard(), PATIENT).toEqual(['hello', 'link_disabled']);
    expect(await refusalOf(webClient(origin, APP_TOKEN).apps.connections.open())).toMatchObject({
      error: 'access_denied',
    });
    expect(await slack.command(HELP)).toEqual({ acked: false, error: 'dispatch_failed' });
    slack.configure({ socketMode: true });
    await expect(openRawSocket(origin)).resolves.toBeDefined();
  });

  it('is refused at the door during an outage, while open ones stay', async () => {
    const { slack, origin } = await startWorkspace();
    const open = await openRawSocket(origin);
    slack.configure({ acceptsConnections: false });

    await expect(openRawSocket(origin)).rejects.toThrow('503');

    expect(open.isClosed()).toBe(false);
    expect(slack.connectionCount()).toBe(1);
  });

  it('takes a ticket once', async () => {
    const { origin } = await startWorkspace();
    const { url } = await webClient(origin, APP_TOKEN).apps.connections.open();
    const outcome = () =>
      new Promise((resolve) => {
        const socket = new WebSocket(String(url));
        socket.onopen = () => {
          socket.close();
          resolve('opened');
        };
        socket.onerror = () => resolve('refused');
      });

    expect([await outcome(), await outcome()]).toEqual(['opened', 'refused']);
  });

  it('gets its share: ten commands over two connections are five each', async () => {
    const { slack, origin } = await startWorkspace();
    const acking = {
      onFrame: (frame: Record<string, unknown>, raw: { send(message: object): void }) => {
        if (frame.envelope_id !== undefined) raw.send({ envelope_id: frame.envelope_id });
      },
    };
    const sockets = [await openRawSocket(origin, acking), await openRawSocket(origin, acking)];

    await Promise.all(Array.from({ length: 10 }, () => slack.command(HELP)));

    expect(sockets.map((socket) => socket.frames.length - 1)).toEqual([5, 5]);
  });
});
