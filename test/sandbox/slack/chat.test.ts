import { describe, expect, it } from 'vitest';
import { refusalOf, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const SAM = 'U0SAM';
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('chat.postMessage', () => {
  it('gives the message back with the ids and defaults Slack fills in', async () => {
    const { client } = await startWorkspace();

    const posted = await client.chat.postMessage({
      channel: '#deploys',
      text: 'Deploying',
      blocks: [
        section('*checkout*'),
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Abort' } }] },
      ],
    });

    expect(posted).toMatchObject({
      ok: true,
      channel: DEPLOYS,
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    });
    expect(posted.message).toMatchObject({
      type: 'message',
      user: 'U0FORGE',
      bot_id: 'B0FORGE',
      app_id: 'A0FORGE',
      team: 'T0ACME',
      bot_profile: { name: 'Forge' },
      blocks: [
        { block_id: expect.stringMatching(/^\w{5}$/), text: { type: 'mrkdwn', verbatim: false } },
        { elements: [{ action_id: expect.stringMatching(/^\w{5}$/), text: { emoji: true } }] },
      ],
    });
  });

  it.each([
    ['an unknown channel', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['a channel Forge is not in', { channel: 'C0GENERAL', text: 'x' }, 'not_in_channel'],
    ['an archived channel', { channel: 'C0RETIRED', text: 'x' }, 'is_archived'],
    ['a deactivated person', { channel: 'U0DORA', text: 'x' }, 'channel_not_found'],
    ['no content', { channel: DEPLOYS }, 'no_text'],
    ['blocks that are no list', { channel: DEPLOYS, text: 'x', blocks: '{}' }, 'invalid_blocks_format'],
    ['blocks that are no JSON', { channel: DEPLOYS, text: 'x', blocks: 'nonsense' }, 'invalid_blocks_format'],
    [
      'a thread that does not exist',
      { channel: DEPLOYS, text: 'x', thread_ts: '1.2' },
      'cannot_reply_to_message',
    ],
    [
      'Markdown beside text',
      { channel: DEPLOYS, text: 'x', markdown_text: '**y**' },
      'markdown_text_conflict',
    ],
    [
      'too much text in its blocks',
      { channel: DEPLOYS, text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(3000))) },
      'msg_blocks_too_long',
    ],
    ['metadata without a type', { channel: DEPLOYS, text: 'x', metadata: {} }, 'invalid_metadata_schema'],
  ])('refuses %s', async (_what, args, error) => {
    const { client } = await startWorkspace();

    expect(await refusalOf(client.apiCall('chat.postMessage', args))).toMatchObject({ ok: false, error });
  });

  it('reaches a person by their user id, in a direct message that only they see', async () => {
    const { client, slack } = await startWorkspace();

    const posted = await client.chat.postMessage({ channel: 'U0LENA', text: 'Please approve #142' });

    expect(posted.channel).toBe('D0LENA');
    expect(slack.messages('D0LENA', 'U0LENA')).toMatchObject([{ text: 'Please approve #142' }]);
    expect(slack.channels()).toContainEqual({ id: 'D0LENA', name: 'lena' });
    expect(() => slack.messages('D0LENA', SAM)).toThrow('not in');
  });

  it('counts replies and shows a broadcast one in the channel too', async () => {
    const { client, slack } = await startWorkspace();
    const parent = await client.chat.postMessage({ channel: DEPLOYS, text: 'Deploying' });
    const reply = { channel: DEPLOYS, thread_ts: String(parent.ts) };

    await client.chat.postMessage({ ...reply, text: 'Started' });
    await client.chat.postMessage({ ...reply, text: 'Rolled back', reply_broadcast: true });

    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: 'Deploying', replyCount: 2 },
      { text: 'Started', threadTs: parent.ts },
      { text: 'Rolled back', threadTs: parent.ts, broadcast: true },
    ]);
    const history = await client.conversations.history({ channel: DEPLOYS });
    expect(history.messages?.map(({ text }) => text)).toEqual(['Rolled back', 'Deploying']);
    const replies = await client.conversations.replies({ channel: DEPLOYS, ts: String(parent.ts) });
    expect(replies.messages?.map(({ text }) => text)).toEqual(['Deploying', 'Started', 'Rolled back']);
  });

  it('can be found again in the history by its metadata', async () => {
    const { client } = await startWorkspace();
    const metadata = { event_type: 'forge_post', event_payload: { id: 'post-142' } };
    const posted = await client.chat.postMessage({ channel: DEPLOYS, text: 'Deploying', metadata });

    const found = await client.conversations.history({ channel: DEPLOYS, include_all_metadata: true });
    const without = await client.conversations.history({ channel: DEPLOYS });

    expect(found.messages).toMatchObject([{ ts: posted.ts, metadata }]);
    expect(without.messages?.[0]).not.toHaveProperty('metadata');
  });
});
