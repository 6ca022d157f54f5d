import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { SIGNING_SECRET } from '../../../sandbox/slack/seed.ts';
import { CHOSEN, openForm, opensForm } from './forms.ts';
import { PATIENT, startWorkspace } from './harness.ts';
import { startHttpApp, startRawApp } from './http-app.ts';

const SAM = 'U0SAM';
const HELP = { as: SAM, channel: 'deploys', text: '/forge help me & you' };

describe('HTTP mode', () => {
  it('delivers commands, buttons, forms and events to a real app behind an address', async () => {
    const { slack, origin } = await startWorkspace();
    const heard: unknown[] = [];
    const url = await startHttpApp(origin, (app) => {
      opensForm(app);
      app.view<ViewSubmitAction>('deploy', async ({ ack, view }) => {
        heard.push(view.state.values.environment?.choice?.selected_option?.value);
        await ack({ response_action: 'errors', errors: { environment: 'Frozen.' } });
      });
      app.event('app_home_opened', async ({ event }) => {
        heard.push(event.user);
      });
    });
    await slack.useRequestUrl(url);

    const view_id = await openForm(slack);
    const submitted = await slack.submit({ as: SAM, view_id, values: CHOSEN });
    const opened = await slack.openHome(SAM);

    expect(submitted).toMatchObject({ acked: true, errors: { environment: 'Frozen.' } });
    expect(opened).toMatchObject({ acked: true });
    expect(heard).toEqual(['staging', SAM]);
  });

  it('brings the words as they were typed, and shows the text that came with the answer', async () => {
    const { slack, origin } = await startWorkspace();
    const url = await startHttpApp(origin, (app) => {
      app.command('/forge', ({ ack, command }) => ack(`heard ${command.text}`));
    });
    await slack.useRequestUrl(url);

    await slack.command(HELP);

    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'heard help me & you', ephemeral: true }]);
  });

  it('brings a pressed button to the app', async () => {
    const { slack, origin, client } = await startWorkspace();
    const pressed: unknown[] = [];
    const url = await startHttpApp(origin, (app) => {
      app.action<BlockAction>('stop', async ({ ack, body }) => {
        pressed.push(body.user.id);
        await ack();
      });
    });
    await slack.useRequestUrl(url);
    const text = { type: 'plain_text' as const, text: 'Stop' };
    const stop = { type: 'button' as const, action_id: 'stop', text };
    const blocks = [{ type: 'actions' as const, elements: [stop] }];
    const posted = await client.chat.postMessage({ channel: 'C0DEPLOYS', text: 'x', blocks });

    const delivery = await slack.click({
      as: SAM,
      channel: 'deploys',
      ts: String(posted.ts),
      action_id: 'stop',
    });

    expect(delivery).toMatchObject({ acked: true });
    expect(pressed).toEqual([SAM]);
  });

  it('signs the raw body, with the second it was sent', async () => {
    const { slack } = await startWorkspace();
    const { url, received } = await startRawApp(() => ({ status: 200 }));
    await slack.useRequestUrl(url);

    await slack.command(HELP);

    const { headers = {}, body = '' } = received[0] ?? {};
    const timestamp = String(headers['x-slack-request-timestamp']);
    const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${hash}`);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    expect(new URLSearchParams(body).get('text')).toBe('help me & you');
  });

  it('is refused by a real app when the secret is another or the clock is six minutes behind', async () => {
    let now = Date.now();
    const { slack, origin } = await startWorkspace({ clock: { now: () => now } });
    const stranger = await startHttpApp(origin, () => undefined, { signingSecret: 'another' });
    const url = await startHttpApp(origin, (app) => app.command('/forge', ({ ack }) => ack()));

    await expect(slack.useRequestUrl(stranger)).rejects.toMatchObject({ status: 400 });
    await slack.useRequestUrl(url);
    expect(await slack.command(HELP)).toMatchObject({ acked: true });
    now -= 6 * 60_000;
    expect(await slack.command(HELP)).toEqual({ acked: false, error: 'http_client_error' });
  });

  it('asks an address for its challenge before it is used, and checks its certificate later', async () => {
    const { slack, origin } = await startWorkspace();
    const url = await startHttpApp(origin);

    await expect(slack.useRequestUrl('http://127.0.0.1:9/nobody')).rejects.toMatchObject({ status: 400 });
    expect(await slack.checkSsl()).toBe(false);
    await slack.useRequestUrl(url);
    expect(await slack.checkSsl()).toBe(true);
  });

  it('goes back to Socket Mode when there is no address any more', async () => {
    const { slack } = await startWorkspace();
    const { url, received } = await startRawApp(() => ({ status: 200 }));
    await slack.useRequestUrl(url);
    await slack.useRequestUrl(undefined);

    expect(await slack.command(HELP)).toEqual({ acked: false, error: 'dispatch_failed' });
    expect(received).toEqual([]);
  });
});

describe('an answer in HTTP mode', () => {
  it.each([
    { status: 500, error: 'http_service_error' },
    { status: 404, error: 'http_client_error' },
  ])('of $status is told to the person as $error', async ({ status, error }) => {
    const { slack } = await startWorkspace();
    const { url } = await startRawApp(() => ({ status }));
    await slack.useRequestUrl(url);

    const delivery = await slack.command(HELP);

    expect(delivery).toEqual({ acked: false, error });
    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: `/forge failed with the error "${error}"` },
    ]);
  });

  it('that does not come in time is a timeout', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 400 });
    const url = await startHttpApp(origin, (app) => app.command('/forge', async () => undefined));
    await slack.useRequestUrl(url);

    expect(await slack.command(HELP)).toEqual({ acked: false, error: 'operation_timeout' });
  });

  it('of 500 to an event brings it again, saying which attempt it is and why', async () => {
    const { slack } = await startWorkspace({ eventRetryDelaysMs: [0, 10, 10] });
    const { url, received } = await startRawApp((_event, nth) => ({ status: nth < 3 ? 500 : 204 }));
    await slack.useRequestUrl(url);

    await slack.openHome(SAM);
    await expect.poll(() => received.length, PATIENT).toBe(3);

    expect(
      received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
    expect(new Set(received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it('can ask for no further attempts', async () => {
    const { slack } = await startWorkspace({ eventRetryDelaysMs: [0, 10] });
    const { url, received } = await startRawApp(() => ({
      status: 500,
      headers: { 'x-slack-no-retry': '1' },
    }));
    await slack.useRequestUrl(url);

    await slack.openHome(SAM);
    await wait(80);

    expect(received).toHaveLength(1);
  });
});
