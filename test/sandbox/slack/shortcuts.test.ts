import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { FORM } from './forms.ts';
import { PATIENT, startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';

describe('a shortcut', () => {
  it('from the search field reaches the app with a trigger that opens a form', async () => {
    const { slack, origin } = await startWorkspace();
    const bodies: GlobalShortcut[] = [];
    await startApp(origin, (app) => {
      app.shortcut<GlobalShortcut>('deploy', async ({ ack, client, shortcut }) => {
        bodies.push(shortcut);
        await ack();
        await client.views.open({ trigger_id: shortcut.trigger_id, view: FORM });
      });
    });

    const delivery = await slack.shortcut({ as: SAM, callback_id: 'deploy' });
    await expect.poll(() => slack.views(SAM).length, PATIENT).toBe(1);

    expect(delivery).toMatchObject({ acked: true });
    expect(bodies).toMatchObject([
      { type: 'shortcut', user: { id: SAM }, team: { id: 'T0ACME' }, action_ts: expect.any(String) },
    ]);
  });

  it('of a message brings the message, and an address to answer at', async () => {
    const { slack, origin, client } = await startWorkspace();
    const bodies: MessageShortcut[] = [];
    await startApp(origin, (app) => {
      app.shortcut<MessageShortcut>('undo', async ({ ack, respond, shortcut }) => {
        bodies.push(shortcut);
        await ack();
        await respond('Undone.');
      });
    });
    const { ts } = await client.chat.postMessage({ channel: 'C0DEPLOYS', text: 'Deployed.' });

    await slack.shortcut({ as: SAM, callback_id: 'undo', channel: 'deploys', ts: String(ts) });
    await expect.poll(() => slack.messages('deploys', SAM).length, PATIENT).toBe(2);

    expect(bodies).toMatchObject([
      {
        type: 'message_action',
        callback_id: 'undo',
        channel: { id: 'C0DEPLOYS', name: 'deploys' },
        message_ts: ts,
        message: { text: 'Deployed.' },
      },
    ]);
    expect(slack.messages('deploys', SAM)[1]).toMatchObject({ text: 'Undone.', ephemeral: true });
  });

  it('nobody listens to was not acknowledged', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 60 });
    await startApp(origin);

    expect(await slack.shortcut({ as: SAM, callback_id: 'unknown' })).toEqual({
      acked: false,
      error: 'operation_timeout',
    });
  });

  it('of a message needs to say which, and is not offered on a private one', async () => {
    const { slack, client } = await startWorkspace();
    const { message_ts } = await client.chat.postEphemeral({ channel: 'C0DEPLOYS', user: SAM, text: 'psst' });
    const used = (place: object) => slack.shortcut({ as: SAM, callback_id: 'undo', ...place });

    await expect(used({ channel: 'deploys' })).rejects.toMatchObject({ status: 400 });
    await expect(used({ channel: 'deploys', ts: '1.2' })).rejects.toMatchObject({ status: 404 });
    await expect(used({ channel: 'deploys', ts: message_ts })).rejects.toMatchObject({ status: 400 });
  });
});
