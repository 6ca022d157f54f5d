import { describe, expect, it } from 'vitest';
import { GRANTED_SCOPES } from '../../../sandbox/slack/scopes.ts';
import { refusalOf, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const withReactions = () => startWorkspace({ scopes: [...GRANTED_SCOPES, 'reactions:write', 'team:read'] });

describe('a person looked up by email address', () => {
  it('is found however it is written, unless they have left', async () => {
    const { client } = await startWorkspace();

    const { user } = await client.users.lookupByEmail({ email: 'Sam@acme.example' });

    expect(user).toMatchObject({ id: 'U0SAM', profile: { email: 'sam@acme.example' } });
    for (const email of ['dora@acme.example', 'nobody@acme.example']) {
      expect(await refusalOf(client.users.lookupByEmail({ email }))).toMatchObject({
        error: 'users_not_found',
      });
    }
  });
});

describe('a reaction', () => {
  it('is seen in the history, once, until it is taken away', async () => {
    const { client } = await withReactions();
    const { ts } = await client.chat.postMessage({ channel: DEPLOYS, text: 'x' });
    const rocket = { channel: DEPLOYS, timestamp: String(ts), name: 'rocket' };
    const shown = async () => {
      const { messages } = await client.conversations.history({ channel: DEPLOYS });
      return messages?.[0]?.reactions;
    };

    await client.reactions.add(rocket);
    expect(await shown()).toEqual([{ name: 'rocket', users: ['U0FORGE'], count: 1 }]);
    expect(await refusalOf(client.reactions.add(rocket))).toMatchObject({ error: 'already_reacted' });
    await client.reactions.remove(rocket);
    expect(await shown()).toBeUndefined();
    expect(await refusalOf(client.reactions.remove(rocket))).toMatchObject({ error: 'no_reaction' });
  });

  it('needs a message and a name there can be', async () => {
    const { client } = await withReactions();
    const add = (timestamp: string, name: string) =>
      refusalOf(client.reactions.add({ channel: DEPLOYS, timestamp, name }));

    expect(await add('1.2', 'rocket')).toMatchObject({ error: 'message_not_found' });
    expect(await add('1.2', 'not a name')).toMatchObject({ error: 'invalid_name' });
  });
});

describe('the workspace', () => {
  it('says what it and its bots are called', async () => {
    const { client } = await withReactions();

    expect(await client.team.info()).toMatchObject({ team: { id: 'T0ACME', domain: 'acme' } });
    expect(await client.bots.info({ bot: 'B0FORGE' })).toMatchObject({ bot: { user_id: 'U0FORGE' } });
    expect(await refusalOf(client.bots.info({ bot: 'B0NONE' }))).toMatchObject({ error: 'bot_not_found' });
  });

  it('echoes a test without a token', async () => {
    const { origin } = await startWorkspace();
    const test = async (query: string) => {
      const response = await fetch(`${origin}/api/api.test?${query}`, { method: 'POST' });
      return response.json();
    };

    expect(await test('foo=bar')).toEqual({ ok: true, args: { foo: 'bar' } });
    expect(await test('error=my_error')).toMatchObject({ ok: false, error: 'my_error' });
  });
});
