import { describe, expect, it } from 'vitest';
import { GRANTED_SCOPES } from '../../../sandbox/slack/scopes.ts';
import { refusalOf, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const HOME = { type: 'home' as const, blocks: [] };

describe('a workspace that changes', () => {
  it.each([
    { token: 'revoked' as const, error: 'token_revoked' },
    { token: 'inactive' as const, error: 'account_inactive' },
  ])('refuses a token that is $token with $error', async ({ token, error }) => {
    const { client, slack } = await startWorkspace();
    slack.configure({ token });

    expect(await refusalOf(client.auth.test())).toMatchObject({ error });
    slack.configure({ token: 'active' });
    await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
  });

  it('names the scope that was taken away and those that are left', async () => {
    const { client, slack } = await startWorkspace();
    slack.configure({ scopes: GRANTED_SCOPES.filter((scope) => scope !== 'users:read.email') });

    expect(await refusalOf(client.users.lookupByEmail({ email: 'sam@acme.example' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read.email',
      provided: expect.not.stringContaining('users:read.email'),
    });
  });

  it('refuses posts and edits in a channel that was archived, until it is open again', async () => {
    const { client, slack } = await startWorkspace();
    const { ts } = await client.chat.postMessage({ channel: DEPLOYS, text: 'x' });
    const edit = () => client.chat.update({ channel: DEPLOYS, ts: String(ts), text: 'y' });
    slack.changeChannel('deploys', { archived: true });

    const post = client.chat.postMessage({ channel: DEPLOYS, text: 'x' });
    expect(await refusalOf(post)).toMatchObject({ error: 'is_archived' });
    expect(await refusalOf(edit())).toMatchObject({ error: 'is_inactive' });
    slack.changeChannel('deploys', { archived: false });
    await expect(edit()).resolves.toMatchObject({ ok: true });
  });

  it('refuses posts where the app was taken out, until it is invited again', async () => {
    const { client, slack } = await startWorkspace();
    slack.changeChannel('deploys', { hasApp: false });
    const post = () => client.chat.postMessage({ channel: DEPLOYS, text: 'x' });

    expect(await refusalOf(post())).toMatchObject({ error: 'not_in_channel' });
    expect(await refusalOf(client.conversations.history({ channel: DEPLOYS }))).toMatchObject({
      error: 'not_in_channel',
    });
    slack.changeChannel('deploys', { hasApp: true });
    await expect(post()).resolves.toMatchObject({ ok: true });
    expect(() => slack.changeChannel('nowhere', { hasApp: true })).toThrow('nowhere');
  });

  it('closes the window for edits so many minutes after the post', async () => {
    let now = Date.now();
    const { client, slack } = await startWorkspace({ clock: { now: () => now } });
    const { ts } = await client.chat.postMessage({ channel: DEPLOYS, text: 'x' });
    const edit = () => client.chat.update({ channel: DEPLOYS, ts: String(ts), text: 'y' });
    slack.configure({ editWindowMinutes: 5 });

    await expect(edit()).resolves.toMatchObject({ ok: true });
    now += 6 * 60_000;
    expect(await refusalOf(edit())).toMatchObject({ error: 'edit_window_closed' });
  });

  it('takes no Home and no direct message where the app has none', async () => {
    const { client, slack } = await startWorkspace();
    slack.configure({ homeTab: false, messagesTab: 'off' });

    const publish = client.views.publish({ user_id: 'U0SAM', view: HOME });
    expect(await refusalOf(publish)).toMatchObject({ error: 'not_enabled' });
    const post = client.chat.postMessage({ channel: 'U0SAM', text: 'x' });
    expect(await refusalOf(post)).toMatchObject({ error: 'messages_tab_disabled' });
    await expect(slack.openHome('U0SAM')).rejects.toMatchObject({ status: 403 });
  });

  it('refuses the new blocks once it is told to', async () => {
    const { client, slack } = await startWorkspace();
    slack.configure({ newBlocks: false });

    const plan = { type: 'plan', title: 'Plan', tasks: [] };
    const post = client.apiCall('chat.postMessage', { channel: DEPLOYS, text: 'x', blocks: [plan] });

    expect(await refusalOf(post)).toMatchObject({
      error: 'invalid_blocks',
      errors: ['unsupported type: plan [json-pointer:/blocks/0/type]'],
    });
  });

  it('tells an app nothing of its Home when it did not subscribe to that', async () => {
    const { slack } = await startWorkspace({ settings: { events: [] } });

    expect(await slack.openHome('U0SAM')).toEqual({ acked: false, error: 'not_subscribed' });
  });
});
