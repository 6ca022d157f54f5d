import type { BlockAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { startApp, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const SAM = 'U0SAM';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const APPROVE: KnownBlock = {
  type: 'actions',
  block_id: 'votes',
  elements: [
    { type: 'button', action_id: 'approve', text: plain('Approve'), value: '142' },
    {
      type: 'button',
      action_id: 'abort',
      text: plain('Abort'),
      style: 'danger',
      confirm: {
        title: plain('Abort?'),
        text: plain('This goes back.'),
        confirm: plain('Abort'),
        deny: plain('Keep'),
      },
    },
    {
      type: 'overflow',
      action_id: 'more',
      options: [
        { text: plain('Details'), value: 'details' },
        { text: plain('Logs'), value: 'logs' },
      ],
    },
  ],
};

describe('a click in a message', () => {
  it('reaches the app with the message, and its answer replaces it', async () => {
    const { slack, client, origin } = await startWorkspace();
    const bodies: BlockAction[] = [];
    await startApp(origin, (app) => {
      app.action<BlockAction>('approve', async ({ ack, body, respond }) => {
        bodies.push(body);
        await ack();
        await respond({ text: 'Approved by Lena', replace_original: true });
      });
    });
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'Approve?', blocks: [APPROVE] });

    const delivery = await slack.click({
      as: 'U0LENA',
      channel: 'deploys',
      ts: String(posted.ts),
      action_id: 'approve',
    });
    await expect.poll(() => slack.messages('deploys', SAM)).toMatchObject([{ text: 'Approved by Lena' }]);

    expect(delivery).toMatchObject({ acked: true });
    expect(bodies).toMatchObject([
      {
        type: 'block_actions',
        user: { id: 'U0LENA', username: 'lena', team_id: 'T0ACME' },
        channel: { id: DEPLOYS, name: 'deploys' },
        container: { type: 'message', message_ts: posted.ts, channel_id: DEPLOYS, is_ephemeral: false },
        message: { ts: posted.ts, text: 'Approve?' },
        actions: [{ type: 'button', action_id: 'approve', block_id: 'votes', value: '142' }],
      },
    ]);
  });

  it('asks for the confirmation its button wants', async () => {
    const { slack, client, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.action('abort', ({ ack }) => ack());
    });
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'x', blocks: [APPROVE] });
    const request = { as: SAM, channel: 'deploys', ts: String(posted.ts), action_id: 'abort' };

    await expect(slack.click(request)).rejects.toMatchObject({
      status: 409,
      fields: { confirm: { title: { text: 'Abort?' } } },
    });
    await expect(slack.click({ ...request, confirmed: true })).resolves.toMatchObject({ acked: true });
  });

  it('carries the option chosen from a menu, and no other', async () => {
    const { slack, client, origin } = await startWorkspace();
    const chosen: unknown[] = [];
    await startApp(origin, (app) => {
      app.action<BlockAction>('more', async ({ ack, body }) => {
        chosen.push(body.actions[0]);
        await ack();
      });
    });
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'x', blocks: [APPROVE] });
    const request = { as: SAM, channel: 'deploys', ts: String(posted.ts), action_id: 'more' };

    await slack.click({ ...request, value: 'logs' });

    expect(chosen).toMatchObject([
      { type: 'overflow', selected_option: { value: 'logs', text: { text: 'Logs' } } },
    ]);
    await expect(slack.click({ ...request, value: 'delete' })).rejects.toMatchObject({ status: 400 });
  });

  it('is told apart by block or value where several buttons share a name', async () => {
    const { slack, client, origin } = await startWorkspace();
    const values: unknown[] = [];
    await startApp(origin, (app) => {
      app.action<BlockAction>('open', async ({ ack, action }) => {
        values.push('value' in action && action.value);
        await ack();
      });
    });
    const row = (id: string): KnownBlock => ({
      type: 'section',
      block_id: id,
      text: plain(id),
      accessory: { type: 'button', action_id: 'open', text: plain('Open'), value: id },
    });
    const posted = await client.chat.postMessage({
      channel: DEPLOYS,
      text: 'x',
      blocks: [row('1'), row('2')],
    });
    const request = { as: SAM, channel: 'deploys', ts: String(posted.ts), action_id: 'open' };

    await slack.click({ ...request, value: '2' });
    await slack.click({ ...request, block_id: '1' });

    expect(values).toEqual(['2', '1']);
    await expect(slack.click(request)).rejects.toMatchObject({ status: 400 });
  });

  it('says that the message or the button is gone', async () => {
    const { slack, client } = await startWorkspace();
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'x', blocks: [APPROVE] });
    const request = { as: SAM, channel: 'deploys', ts: String(posted.ts), action_id: 'approve' };
    await client.chat.update({ channel: DEPLOYS, ts: String(posted.ts), text: 'done' });

    await expect(slack.click(request)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('approve'),
    });
    await expect(slack.click({ ...request, ts: '1.2' })).rejects.toMatchObject({ status: 404 });
    await expect(slack.click({ ...request, as: 'U0DORA' })).rejects.toMatchObject({ status: 403 });
  });

  it('shows a warning while nobody acknowledged it, and none once somebody did', async () => {
    const { slack, client, origin } = await startWorkspace({ ackMs: 80 });
    let answers = false;
    await startApp(origin, (app) => {
      app.action('approve', async ({ ack }) => {
        if (answers) await ack();
      });
    });
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'x', blocks: [APPROVE] });
    const request = { as: SAM, channel: 'deploys', ts: String(posted.ts), action_id: 'approve' };

    const first = await slack.click(request);
    const warning = slack.messages('deploys', SAM)[0]?.warning;
    answers = true;
    await slack.click(request);

    expect(first).toEqual({ acked: false, error: 'operation_timeout' });
    expect(warning).toContain('operation_timeout');
    expect(slack.messages('deploys', SAM)[0]).not.toHaveProperty('warning');
  });

  it('in an ephemeral message comes without the message, and can delete it', async () => {
    const { slack, client, origin } = await startWorkspace();
    const bodies: BlockAction[] = [];
    await startApp(origin, (app) => {
      app.action<BlockAction>('approve', async ({ ack, body, respond }) => {
        bodies.push(body);
        await ack();
        await respond({ delete_original: true });
      });
    });
    const shown = await client.chat.postEphemeral({
      channel: DEPLOYS,
      user: SAM,
      text: 'x',
      blocks: [APPROVE],
    });
    const request = { channel: 'deploys', ts: String(shown.message_ts), action_id: 'approve' };

    await expect(slack.click({ ...request, as: 'U0MAYA' })).rejects.toMatchObject({ status: 404 });
    await slack.click({ ...request, as: SAM });

    await expect.poll(() => slack.messages('deploys', SAM)).toEqual([]);
    expect(bodies[0]).toMatchObject({ container: { is_ephemeral: true } });
    expect(bodies[0]).not.toHaveProperty('message');
  });
});
