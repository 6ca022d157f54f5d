import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../sandbox/client.ts';
import type { Launched } from '../../../sandbox/launch.ts';
import { eventually, launchWithStandIn } from './with-sandbox.ts';

const MAYA = 'U0MAYA';
let sandbox: Launched;
let client: Client;
beforeAll(async () => {
  sandbox = await launchWithStandIn();
  client = sandbox.client;
});
afterAll(() => sandbox.stop());

const type = (text: string) => client.command({ as: MAYA, channel: 'deploys', text });

describe('GET /sandbox/slack', () => {
  it('shows the switches, the connections, and how near the limits the app came', async () => {
    await type('/forge post');

    const state = await eventually('the counted post', async () => {
      const now = await client.slack();
      return now.rateLimits.some(({ method }) => method === 'chat.postMessage') ? now : undefined;
    });

    expect(state).toMatchObject({
      connections: 1,
      settings: { newBlocks: true, token: 'active', socketMode: true, messagesTab: 'read-only' },
    });
    expect(state.rateLimits).toContainEqual(
      expect.objectContaining({ method: 'chat.postMessage', channel: 'C0DEPLOYS', perMinute: 60, taken: 1 }),
    );
  });

  it("grants the app what Forge's manifest asks for, and nothing else", async () => {
    const { settings } = await client.slack();

    expect(settings).toMatchObject({ events: ['app_home_opened'] });
    expect(settings.scopes).toContain('chat:write');
    expect(settings.scopes).not.toContain('reactions:write');
  });
});

describe('the switches', () => {
  it('change what the workspace takes, one at a time', async () => {
    const changed = await client.configureSlack({ newBlocks: false });
    const back = await client.configureSlack({ newBlocks: true, editWindowMinutes: null });

    expect([changed.settings.newBlocks, back.settings.newBlocks]).toEqual([false, true]);
    expect(back.settings.token).toBe('active');
  });

  it('that there are not are refused, naming the field', async () => {
    await expect(client.configureSlack({ gravity: false })).rejects.toMatchObject({
      status: 400,
      message: 'gravity: there is no such field',
    });
    await expect(client.configureSlack({ token: 'lost' })).rejects.toMatchObject({ status: 400 });
  });

  it('can archive a channel and open it again', async () => {
    await client.changeChannel({ channel: 'engineering', archived: true });
    const said = client.say({ as: MAYA, channel: 'engineering', text: 'Anybody?' });

    await expect(said).rejects.toMatchObject({ status: 403 });
    await client.changeChannel({ channel: 'engineering', archived: false });
    await expect(client.changeChannel({ channel: 'nowhere', archived: true })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('connections through the control API', () => {
  it.each(['warn', 'refresh', 'cut'] as const)('are back after %s', async (action) => {
    await client.connections(action);

    const delivery = await eventually('a command that is acknowledged', async () => {
      const { connections } = await client.slack();
      if (connections === 0) return undefined;
      const answer = await type('/forge hello');
      return answer.acked ? answer : undefined;
    });

    expect(delivery.acked).toBe(true);
  });
});

describe('what people do now and then', () => {
  it('is a message that everybody sees', async () => {
    const { ts, events } = await client.say({ as: MAYA, channel: '#deploys', text: 'Lunch?' });

    expect(events).toEqual([]);
    expect(await client.messages('deploys', 'U0SAM')).toContainEqual(
      expect.objectContaining({ ts, user: MAYA, text: 'Lunch?' }),
    );
  });

  it('is a shortcut, which an app that does not know it leaves unanswered', async () => {
    await client.faults([{ service: 'slack', operation: 'deliver:interactive', kind: 'refuse', error: 'x' }]);

    const used = await client.shortcut({ as: MAYA, callback_id: 'deploy' });

    expect(used).toEqual({ acked: false, error: 'dispatch_failed' });
    await client.faults([]);
  });

  it('is typing into a menu, which must be one whose options come from the app', async () => {
    await type('/forge post');
    const message = await eventually('the message', async () =>
      (await client.messages('deploys', MAYA)).find(({ text }) => text === 'Deployment'),
    );
    const typing = { as: MAYA, channel: 'deploys', ts: message.ts, action_id: 'undo', value: 'v1.1' };

    await expect(client.suggest(typing)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('undo is a button'),
    });
  });
});

describe('a request URL', () => {
  it('where no app answers is refused, and Socket Mode goes on', async () => {
    const set = client.requestUrl('http://127.0.0.1:9/slack/events');

    await expect(set).rejects.toMatchObject({ status: 400, message: expect.stringContaining('challenge') });
    await client.requestUrl(null);
    expect(await type('/forge hello')).toMatchObject({ acked: true });
  });
});
