import type { BlockAction } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';
const DEPLOYS = 'C0DEPLOYS';
const STOP = {
  type: 'actions' as const,
  elements: [
    { type: 'button' as const, action_id: 'stop', text: { type: 'plain_text' as const, text: 'Stop' } },
  ],
};

/** The response_url of a command typed in a channel, or of a button pressed in the message that was posted there. */
async function responding(from: { channel?: string; by: 'command' | 'button' | 'private button' }) {
  const workspace = await startWorkspace();
  const { slack, origin, client } = workspace;
  const { channel = 'deploys' } = from;
  const urls: string[] = [];
  await startApp(origin, (app) => {
    app.command('/forge', async ({ ack, command }) => {
      urls.push(command.response_url);
      await ack();
    });
    app.action<BlockAction>('stop', async ({ ack, body }) => {
      urls.push(body.response_url);
      await ack();
    });
  });
  let ts = '';
  if (from.by === 'command') await slack.command({ as: SAM, channel, text: '/forge help' });
  else {
    const message = { channel: DEPLOYS, text: 'Running', blocks: [STOP] };
    ts = String(
      from.by === 'button'
        ? (await client.chat.postMessage(message)).ts
        : (await client.chat.postEphemeral({ ...message, user: SAM })).message_ts,
    );
    await slack.click({ as: SAM, channel, ts, action_id: 'stop' });
  }
  const respond = async (body: object) => {
    const response = await fetch(urls[0] ?? '', { method: 'POST', body: JSON.stringify(body) });
    return `${response.status} ${await response.text()}`;
  };
  const texts = (as = SAM) => slack.messages(channel, as).map(({ text }) => text);
  return { ...workspace, ts, respond, texts };
}

describe('a response to a command', () => {
  it('is private unless it says in_channel, also where the app is no member', async () => {
    const { respond, texts } = await responding({ by: 'command', channel: 'general' });

    expect(await respond({ text: 'for Sam' })).toBe('200 ok');
    expect(await respond({ text: 'for all', response_type: 'in_channel' })).toBe('200 ok');

    expect(texts()).toEqual(['for Sam', 'for all']);
    expect(texts('U0MAYA')).toEqual(['for all']);
  });

  it('has nothing to replace or delete', async () => {
    const { respond, texts } = await responding({ by: 'command' });

    await respond({ text: 'one', replace_original: true });
    await respond({ delete_original: true });

    expect(texts()).toEqual(['one']);
  });

  it('can go into a thread when it is for everybody', async () => {
    const { respond, slack, client } = await responding({ by: 'command' });
    const parent = await client.chat.postMessage({ channel: DEPLOYS, text: 'parent' });

    await respond({ text: 'reply', response_type: 'in_channel', thread_ts: parent.ts });
    await respond({ text: 'private', thread_ts: parent.ts });

    expect(slack.messages('deploys', SAM).slice(1)).toMatchObject([
      { text: 'reply', threadTs: parent.ts, ephemeral: false },
      { text: 'private', ephemeral: true },
    ]);
    expect(slack.messages('deploys', SAM)[2]).not.toHaveProperty('threadTs');
  });
});

describe('a response to a button', () => {
  it.each([true, 'true'])('replaces the message with replace_original: %j', async (replace_original) => {
    const { respond, slack, ts } = await responding({ by: 'button' });

    await respond({ text: 'Stopped', replace_original });

    expect(slack.messages('deploys', SAM)).toMatchObject([{ ts, text: 'Stopped', blocks: [] }]);
  });

  it('cannot change who sees the message it replaces', async () => {
    const { respond, texts } = await responding({ by: 'private button' });

    await respond({ text: 'Stopped', replace_original: true, response_type: 'in_channel' });

    expect(texts()).toEqual(['Stopped']);
    expect(texts('U0MAYA')).toEqual([]);
  });

  it('deletes the message, and posts what comes with that', async () => {
    const { respond, texts } = await responding({ by: 'button' });

    await respond({ delete_original: 'true', text: 'Gone' });

    expect(texts()).toEqual(['Gone']);
    expect(texts('U0MAYA')).toEqual([]);
  });

  it('says that the message is gone when it was deleted meanwhile', async () => {
    const { respond, client, ts } = await responding({ by: 'button' });
    await client.chat.delete({ channel: DEPLOYS, ts });

    expect(await respond({ text: 'Stopped', replace_original: true })).toBe('400 message_not_found');
  });
});
