import { describe, expect, it } from 'vitest';
import { GRANTED_SCOPES } from '../../../sandbox/slack/scopes.ts';
import { APP_TOKEN } from '../../../sandbox/slack/seed.ts';
import { refusalOf, startWorkspace, webClient } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const SAM = 'U0SAM';
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('the Web API', () => {
  it('knows who Forge is, and refuses tokens it did not give', async () => {
    const { client, origin } = await startWorkspace();

    expect(await client.auth.test()).toMatchObject({ user_id: 'U0FORGE', bot_id: 'B0FORGE', team: 'Acme' });
    const refusal = (token: string) => refusalOf(webClient(origin, token).auth.test());
    expect(await refusal('xoxb-wrong')).toMatchObject({ error: 'invalid_auth' });
    expect(await refusal('')).toMatchObject({ error: 'not_authed' });
    expect(await refusal(APP_TOKEN)).toMatchObject({ error: 'not_allowed_token_type' });
  });

  it('names an unknown method and a missing scope', async () => {
    const { client } = await startWorkspace();

    expect(await refusalOf(client.apiCall('chat.shout'))).toMatchObject({
      error: 'unknown_method',
      req_method: 'chat.shout',
    });
    const reaction = { channel: DEPLOYS, timestamp: '1.2', name: 'rocket' };
    expect(await refusalOf(client.reactions.add(reaction))).toMatchObject({
      error: 'missing_scope',
      needed: 'reactions:write',
      provided: expect.stringContaining('chat:write'),
    });
  });

  it('reads no direct message without the scope for it', async () => {
    const scopes = GRANTED_SCOPES.filter((scope) => scope !== 'im:history');
    const { client } = await startWorkspace({ scopes });
    await client.chat.postMessage({ channel: 'U0LENA', text: 'hello' });

    expect(await refusalOf(client.conversations.history({ channel: 'D0LENA' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'im:history',
    });
  });

  it('takes JSON bodies with the token in the header', async () => {
    const { origin, slack } = await startWorkspace();

    const response = await fetch(`${origin}/api/chat.postMessage`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: 'Bearer xoxb-sandbox-forge-bot',
      },
      body: JSON.stringify({ channel: DEPLOYS, text: 'by JSON', blocks: [section('by JSON')] }),
    });

    expect(await response.json()).toMatchObject({ ok: true });
    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'by JSON' }]);
  });

  it('answers 429 with the seconds to wait once a method is called too often', async () => {
    let now = Date.now();
    const { origin } = await startWorkspace({ rateLimitScale: 1, clock: { now: () => now } });
    const client = webClient(origin);
    const post = (channel = DEPLOYS) => client.chat.postMessage({ channel, text: 'x' });
    for (let count = 0; count < 5; count += 1) await post();

    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    await expect(post('C0PRODUCTION')).resolves.toMatchObject({ ok: true });
    now += 1000;
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it('lets half a minute of edits through at once and the rest at the pace of their tier', async () => {
    let now = Date.now();
    const { origin } = await startWorkspace({ rateLimitScale: 1, clock: { now: () => now } });
    const client = webClient(origin);
    const { ts } = await client.chat.postMessage({ channel: DEPLOYS, text: 'x' });
    const edit = () => client.chat.update({ channel: DEPLOYS, ts: String(ts), text: 'y' });
    for (let count = 0; count < 25; count += 1) await edit();

    await expect(edit()).rejects.toMatchObject({ retryAfter: 2 });
    now += 1200;
    await expect(edit()).resolves.toMatchObject({ ok: true });
    await expect(edit()).rejects.toMatchObject({ retryAfter: 2 });
  });

  it('shows the faults that were set, each once', async () => {
    const { client, slack, setFaults } = await startWorkspace();
    const post = () => client.chat.postMessage({ channel: DEPLOYS, text: 'x' });
    const shown = () => slack.messages('deploys', SAM).length;

    setFaults({ operation: 'chat.postMessage', kind: 'error' });
    expect(await refusalOf(post())).toMatchObject({ error: 'internal_error' });
    setFaults({ operation: 'chat.postMessage', kind: 'throttle' });
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    setFaults({ operation: 'chat.postMessage', kind: 'cut-before' });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(shown()).toBe(0);
    setFaults({ operation: 'chat.postMessage', kind: 'cut-after' });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(shown()).toBe(1);
    setFaults({ operation: 'chat.postMessage', kind: 'slow', ms: 30 });
    await expect(post()).resolves.toMatchObject({ ok: true });
    await expect(post()).resolves.toMatchObject({ ok: true });
    expect(shown()).toBe(3);
  });
});
