import { describe, expect, it } from 'vitest';
import { GRANTED_SCOPES } from '../../../sandbox/slack/scopes.ts';
import type { SettingsChange } from '../../../sandbox/slack/settings.ts';
import { PATIENT, startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';
const LISTENING: SettingsChange = {
  events: ['message.channels', 'message.im', 'app_mention'],
  scopes: [...GRANTED_SCOPES, 'app_mentions:read'],
  messagesTab: 'open',
};

async function listening(settings: SettingsChange) {
  const workspace = await startWorkspace({ settings });
  const heard: string[] = [];
  await startApp(workspace.origin, (app) => {
    app.event('message', async ({ event }) => {
      heard.push(`${event.type} ${event.channel_type}`);
    });
    app.event('app_mention', async ({ event }) => {
      heard.push(`${event.type} ${event.text}`);
    });
  });
  return { ...workspace, heard };
}

describe("a person's message", () => {
  it('is seen by everybody in the channel, with names turned into mentions', async () => {
    const { slack } = await startWorkspace();

    await slack.say({ as: SAM, channel: 'deploys', text: 'Is <it> live, @lena & co?' });

    expect(slack.messages('deploys', 'U0MAYA')).toMatchObject([
      { user: SAM, text: 'Is &lt;it&gt; live, <@U0LENA|lena> &amp; co?', ephemeral: false },
    ]);
  });

  it('is told to an app that subscribed, and twice when it is mentioned', async () => {
    const { slack, heard } = await listening(LISTENING);

    const { events } = await slack.say({ as: SAM, channel: 'deploys', text: '@forge deploy staging' });
    await slack.say({ as: SAM, channel: 'D0SAM', text: 'hello' });

    expect(events).toMatchObject([
      { type: 'message', acked: true },
      { type: 'app_mention', acked: true },
    ]);
    await expect
      .poll(() => heard.toSorted(), PATIENT)
      .toEqual(['app_mention <@U0FORGE|forge> deploy staging', 'message channel', 'message im']);
  });

  it.each([
    { why: 'it did not subscribe', channel: 'deploys', change: { events: [] } },
    { why: 'the scope is missing', channel: 'deploys', change: { scopes: ['commands'] } },
    { why: 'it is not in the channel', channel: 'general', change: {} },
  ])('is not told to an app when $why', async ({ channel, change }) => {
    const { slack, heard } = await listening({ ...LISTENING, ...change });

    const { events } = await slack.say({ as: SAM, channel, text: '@forge hello' });

    expect(events).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('can answer in a thread', async () => {
    const { slack, client } = await startWorkspace();
    const { ts } = await client.chat.postMessage({ channel: 'C0DEPLOYS', text: 'Deployed.' });

    await slack.say({ as: SAM, channel: 'deploys', text: 'Thanks!', thread_ts: String(ts) });

    const { messages } = await client.conversations.replies({ channel: 'C0DEPLOYS', ts: String(ts) });
    expect(messages).toMatchObject([{ text: 'Deployed.' }, { text: 'Thanks!', user: SAM, thread_ts: ts }]);
    await expect(
      slack.say({ as: SAM, channel: 'deploys', text: 'x', thread_ts: '1.2' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('cannot be edited by the app', async () => {
    const { slack, client } = await startWorkspace();
    const { ts } = await slack.say({ as: SAM, channel: 'deploys', text: 'mine' });

    await expect(client.chat.update({ channel: 'C0DEPLOYS', ts, text: 'yours' })).rejects.toMatchObject({
      data: { error: 'cant_update_message' },
    });
    await expect(client.chat.delete({ channel: 'C0DEPLOYS', ts })).rejects.toMatchObject({
      data: { error: 'cant_delete_message' },
    });
  });

  it('cannot be written where the channel is archived or the app only reads out', async () => {
    const { slack } = await startWorkspace();

    for (const channel of ['retired', 'D0SAM']) {
      await expect(slack.say({ as: SAM, channel, text: 'hello' })).rejects.toMatchObject({ status: 403 });
    }
    await expect(slack.say({ as: SAM, channel: 'deploys', text: '/forge' })).rejects.toMatchObject({
      status: 400,
    });
  });
});
