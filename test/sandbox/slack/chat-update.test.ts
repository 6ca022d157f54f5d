import { describe, expect, it } from 'vitest';
import { refusalOf, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const SAM = 'U0SAM';
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('chat.update', () => {
  it('takes the blocks away when only text is given', async () => {
    const { client, slack } = await startWorkspace();
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'a', blocks: [section('a')] });

    await client.chat.update({ channel: DEPLOYS, ts: String(posted.ts), text: 'b' });

    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'b', blocks: [], edited: true }]);
  });

  it('replaces blocks without marking the message as edited, and keeps its metadata', async () => {
    const { client, slack } = await startWorkspace();
    const metadata = { event_type: 'forge_post', event_payload: { id: '1' } };
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'a', metadata });

    const updated = await client.chat.update({
      channel: DEPLOYS,
      ts: String(posted.ts),
      text: 'b',
      blocks: [section('b')],
    });

    expect(updated.message).toMatchObject({ text: 'b', metadata });
    expect(slack.messages('deploys', SAM)).toMatchObject([{ edited: false, blocks: [{ type: 'section' }] }]);
  });

  it('keeps text and blocks when neither is given', async () => {
    const { client, slack } = await startWorkspace();
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'a', blocks: [section('a')] });

    const metadata = { event_type: 'forge_post', event_payload: { id: '2' } };
    await client.apiCall('chat.update', { channel: DEPLOYS, ts: posted.ts, metadata });

    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'a', blocks: [{ type: 'section' }] }]);
  });

  it('reads text as a client would unless parse is given again', async () => {
    const { client, slack } = await startWorkspace();
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'a' });
    const edit = { channel: DEPLOYS, ts: String(posted.ts), text: 'See https://acme.example' };

    await client.chat.update(edit);
    const parsed = slack.messages('deploys', SAM)[0]?.text;
    await client.chat.update({ ...edit, parse: 'none' });

    expect(parsed).toBe('See <https://acme.example>');
    expect(slack.messages('deploys', SAM)[0]?.text).toBe('See https://acme.example');
  });

  it('refuses long text, channel names, unknown messages, ephemeral ones and nothing at all', async () => {
    const { client } = await startWorkspace();
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'a' });
    const shown = await client.chat.postEphemeral({ channel: DEPLOYS, user: SAM, text: 'psst' });
    const refusal = (args: Record<string, unknown>) =>
      refusalOf(client.apiCall('chat.update', { channel: DEPLOYS, ts: posted.ts, ...args }));

    expect(await refusal({ text: 'x'.repeat(4001) })).toMatchObject({ error: 'msg_too_long' });
    expect(await refusal({ text: 'x', channel: '#deploys' })).toMatchObject({ error: 'channel_not_found' });
    expect(await refusal({ text: 'x', ts: '1.000001' })).toMatchObject({ error: 'message_not_found' });
    expect(await refusal({ text: 'x', ts: shown.message_ts })).toMatchObject({ error: 'message_not_found' });
    expect(await refusal({})).toMatchObject({ error: 'no_text' });
  });
});

describe('chat.postEphemeral and chat.delete', () => {
  it('shows a message to one person of the channel, outside its history', async () => {
    const { client, slack } = await startWorkspace();

    await client.chat.postEphemeral({ channel: DEPLOYS, user: SAM, text: 'psst' });
    const stranger = client.chat.postEphemeral({ channel: DEPLOYS, user: 'U0DORA', text: 'psst' });

    expect(await refusalOf(stranger)).toMatchObject({ error: 'user_not_in_channel' });
    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'psst', ephemeral: true }]);
    expect(slack.messages('deploys', 'U0MAYA')).toEqual([]);
    expect((await client.conversations.history({ channel: DEPLOYS })).messages).toEqual([]);
  });

  it('deletes a message of its own once', async () => {
    const { client, slack } = await startWorkspace();
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'a' });
    const target = { channel: DEPLOYS, ts: String(posted.ts) };

    await client.chat.delete(target);

    expect(slack.messages('deploys', SAM)).toEqual([]);
    expect(await refusalOf(client.chat.delete(target))).toMatchObject({ error: 'message_not_found' });
  });
});
