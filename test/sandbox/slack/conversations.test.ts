import { describe, expect, it } from 'vitest';
import { refusalOf, startApp, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const SAM = 'U0SAM';

describe('people', () => {
  it('have the flags, time zones and addresses Slack gives', async () => {
    const { client } = await startWorkspace({ clock: { now: () => Date.UTC(2026, 10, 22) } });
    const user = async (id: string) => (await client.users.info({ user: id })).user;

    expect(await user('U0PRIYA')).toMatchObject({
      tz: 'Asia/Kolkata',
      tz_label: 'India Standard Time',
      tz_offset: 19_800,
      team_id: 'T0ACME',
      profile: { display_name: 'Priya Nair', title: 'Analyst', email: 'priya@acme.example' },
    });
    expect(await user('U0MAYA')).toMatchObject({ tz_offset: -18_000, is_restricted: false, deleted: false });
    expect(await user('U0GUEST')).toMatchObject({ is_restricted: true });
    expect(await user('U0DORA')).toMatchObject({ deleted: true });
    expect(await user('U0FORGE')).toMatchObject({ is_bot: true });
    expect(await refusalOf(client.users.info({ user: 'U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
    });
  });

  it('come in pages, and in groups', async () => {
    const { client } = await startWorkspace();

    const first = await client.users.list({ limit: 6 });
    const second = await client.users.list({
      limit: 6,
      cursor: String(first.response_metadata?.next_cursor),
    });
    const groups = await client.usergroups.list({ include_users: true });
    const managers = await client.usergroups.users.list({ usergroup: 'S0RELEASE' });

    expect(first.members).toHaveLength(6);
    expect(second.members).toHaveLength(6);
    expect(second.response_metadata?.next_cursor).toBe('');
    expect(groups.usergroups?.map(({ handle }) => handle)).toContain('release-managers');
    expect(managers.users).toEqual(['U0RAVI', 'U0LENA']);
  });

  it('are told to apps only by email address when the scope was granted', async () => {
    const { client } = await startWorkspace({ scopes: ['users:read'] });

    const { user } = await client.users.info({ user: SAM });

    expect(user?.profile).not.toHaveProperty('email');
  });
});

describe('channels', () => {
  it('say whether Forge is in them and who else is', async () => {
    const { client } = await startWorkspace();

    const general = await client.conversations.info({ channel: 'C0GENERAL' });
    const list = await client.conversations.list({ exclude_archived: true });
    const members = await client.conversations.members({ channel: DEPLOYS });
    const direct = await client.conversations.open({ users: 'U0MAYA' });

    expect(general.channel).toMatchObject({ name: 'general', is_member: false, is_archived: false });
    expect(list.channels?.map(({ name }) => name)).toEqual([
      'deploys',
      'production',
      'engineering',
      'general',
    ]);
    expect(members.members).toContain('U0GUEST');
    expect(direct.channel?.id).toBe('D0MAYA');
    expect(await refusalOf(client.conversations.open({ users: 'U0DORA' }))).toMatchObject({
      error: 'user_disabled',
    });
    expect(await refusalOf(client.conversations.history({ channel: 'C0GENERAL' }))).toMatchObject({
      error: 'not_in_channel',
    });
  });

  it('tell who listens that something changed', async () => {
    const { client, slack, origin } = await startWorkspace();
    await startApp(origin);
    const changes: unknown[] = [];
    const unsubscribe = slack.subscribe((change) => changes.push(change));

    await client.chat.postMessage({ channel: DEPLOYS, text: 'a' });
    unsubscribe();
    await client.chat.postMessage({ channel: DEPLOYS, text: 'b' });

    expect(changes).toEqual([{ what: 'messages', channel: DEPLOYS }]);
  });
});
