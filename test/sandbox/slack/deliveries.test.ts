import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PATIENT, startApp, startWorkspace } from './harness.ts';
import { type Frame, openRawSocket, type RawSocket } from './raw-socket.ts';

const SAM = 'U0SAM';
const HELP = { as: SAM, channel: 'deploys', text: '/forge help' };

function ackFrom(nth: number) {
  let seen = 0;
  return (frame: Frame, raw: RawSocket) => {
    if (frame.envelope_id === undefined) return;
    seen += 1;
    if (seen >= nth) raw.send({ envelope_id: frame.envelope_id });
  };
}

const envelopes = ({ frames }: RawSocket) => frames.filter((frame) => frame.envelope_id !== undefined);
const attempts = (socket: RawSocket) =>
  envelopes(socket).map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason]);
const eventIds = (socket: RawSocket) =>
  new Set(envelopes(socket).map(({ payload }) => JSON.parse(JSON.stringify(payload)).event_id));

describe('an event', () => {
  it('comes again with the same event_id until it is acknowledged, and then no more', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 200, eventRetryDelaysMs: [0, 30, 30] });
    const socket = await openRawSocket(origin, { onFrame: ackFrom(3) });

    await slack.openHome(SAM);
    await expect.poll(() => envelopes(socket).length, PATIENT).toBe(3);
    await wait(120);

    expect(attempts(socket)).toEqual([
      [undefined, undefined],
      [1, 'timeout'],
      [2, 'timeout'],
    ]);
    expect(eventIds(socket).size).toBe(1);
    expect(new Set(envelopes(socket).map((frame) => frame.envelope_id)).size).toBe(3);
  });

  it('is given up after three more attempts', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 30, eventRetryDelaysMs: [0, 10, 10] });
    const socket = await openRawSocket(origin);

    const first = await slack.openHome(SAM);
    await expect.poll(() => envelopes(socket).length, PATIENT).toBe(4);
    await wait(100);

    expect(first).toEqual({ acked: false, error: 'operation_timeout' });
    expect(envelopes(socket)).toHaveLength(4);
  });

  it('whose acknowledgement was lost comes again, though the app has done it', async () => {
    const { slack, origin, setFaults } = await startWorkspace({ ackMs: 300, eventRetryDelaysMs: [0] });
    const attempted: unknown[] = [];
    await startApp(origin, (app) => {
      app.event('app_home_opened', async ({ body, context }) => {
        attempted.push([body.event_id, context.retryNum]);
      });
    });
    setFaults({ operation: 'deliver:events_api', kind: 'lose-ack' });

    const first = await slack.openHome(SAM);
    await expect.poll(() => attempted.length, PATIENT).toBe(2);

    expect(first).toEqual({ acked: false, error: 'operation_timeout' });
    expect(attempted[1]).toEqual([expect.any(String), 1]);
  });
});

describe('an envelope', () => {
  it('can come twice, as the same envelope, and one acknowledgement is enough', async () => {
    const { slack, origin, setFaults } = await startWorkspace();
    const socket = await openRawSocket(origin, { onFrame: ackFrom(1) });
    setFaults({ operation: 'deliver:slash_commands', kind: 'duplicate' });

    const delivery = await slack.command(HELP);
    await expect.poll(() => envelopes(socket).length, PATIENT).toBe(2);

    expect(delivery).toMatchObject({ acked: true });
    expect(new Set(envelopes(socket).map((frame) => frame.envelope_id)).size).toBe(1);
  });

  it('that is acknowledged too late was not acknowledged', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 60 });
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack }) => {
        await wait(150);
        await ack({ text: 'late' });
      });
    });

    const delivery = await slack.command(HELP);
    await wait(200);

    expect(delivery).toEqual({ acked: false, error: 'operation_timeout' });
    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: '/forge failed with the error "operation_timeout"' },
    ]);
  });

  it.each([
    { kind: 'lose-ack' as const, heard: 1, error: 'operation_timeout' },
    { kind: 'hang' as const, heard: 0, error: 'operation_timeout' },
    { kind: 'cut-before' as const, heard: 0, error: 'dispatch_failed' },
    { kind: 'throttle' as const, heard: 0, error: 'dispatch_failed' },
  ])('struck by $kind ends in $error for the person', async ({ kind, heard, error }) => {
    const { slack, origin, setFaults } = await startWorkspace({ ackMs: 400 });
    const commands: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        commands.push(command.text);
        await ack();
      });
    });
    setFaults({ operation: 'deliver:slash_commands', kind });

    const delivery = await slack.command(HELP);

    expect(delivery).toEqual({ acked: false, error });
    expect(commands).toHaveLength(heard);
  });

  it('can be delayed on its way', async () => {
    const { slack, origin, setFaults } = await startWorkspace();
    const order: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        order.push(command.text);
        await ack();
      });
    });
    setFaults({ operation: 'deliver:slash_commands', kind: 'slow', ms: 150 });

    await Promise.all([
      slack.command({ ...HELP, text: '/forge first' }),
      slack.command({ ...HELP, text: '/forge second' }),
    ]);

    expect(order).toEqual(['second', 'first']);
  });
});
