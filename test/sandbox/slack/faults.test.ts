import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { refusalOf, startApp, startWorkspace, webClient } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const SAM = 'U0SAM';

describe('a fault of a method', () => {
  it('can refuse with any error code of Slack, n times, and only that method', async () => {
    const { client, slack, setFaults } = await startWorkspace();
    setFaults({ operation: 'chat.postMessage', kind: 'refuse', error: 'restricted_action', times: 2 });
    const post = () => client.chat.postMessage({ channel: DEPLOYS, text: 'x' });

    const refusals = [await refusalOf(post()), await refusalOf(post())];
    await client.auth.test();
    await post();

    expect(refusals).toMatchObject([{ error: 'restricted_action' }, { error: 'restricted_action' }]);
    expect(slack.messages('deploys', SAM)).toHaveLength(1);
  });

  it('can begin at the m-th call', async () => {
    const { client, setFaults } = await startWorkspace();
    setFaults({ operation: 'auth.test', kind: 'error', nth: 3 });
    const outcomes: unknown[] = [];

    for (let call = 1; call <= 4; call += 1) {
      outcomes.push(await client.auth.test().then(() => 'ok', refused));
    }

    expect(outcomes).toEqual(['ok', 'ok', 'internal_error', 'ok']);
  });

  it('can act and then answer with an internal error', async () => {
    const { client, slack, setFaults } = await startWorkspace();
    setFaults({ operation: 'chat.postMessage', kind: 'error-after' });

    const refusal = await refusalOf(client.chat.postMessage({ channel: DEPLOYS, text: 'x' }));

    expect(refusal).toMatchObject({ error: 'internal_error' });
    expect(slack.messages('deploys', SAM)).toHaveLength(1);
  });

  it('can never answer, and does nothing when the caller gives up', async () => {
    const { origin, slack, setFaults } = await startWorkspace();
    const impatient = webClient(origin, undefined, { timeout: 100 });
    setFaults({ operation: 'chat.postMessage', kind: 'hang' });

    const gaveUp = await impatient.chat.postMessage({ channel: DEPLOYS, text: 'x' }).catch((error) => error);
    await wait(50);

    expect(gaveUp).toMatchObject({ code: 'slack_webapi_request_error' });
    expect(slack.messages('deploys', SAM)).toEqual([]);
  });

  it('can throttle for as long as it says', async () => {
    const { client, setFaults } = await startWorkspace();
    setFaults({ operation: 'chat.update', kind: 'throttle', retryAfterSeconds: 17 });

    const update = client.chat.update({ channel: DEPLOYS, ts: '1.2', text: 'x' });

    await expect(update).rejects.toMatchObject({ retryAfter: 17 });
  });
});

describe('a fault of a response_url', () => {
  it.each([
    { kind: 'error' as const, answer: '500 internal_error', shown: 0 },
    { kind: 'error-after' as const, answer: '500 internal_error', shown: 1 },
    { kind: 'refuse' as const, error: 'used_url', answer: '404 used_url', shown: 0 },
    { kind: 'throttle' as const, answer: '429 ratelimited', shown: 0 },
    { kind: 'slow' as const, ms: 20, answer: '200 ok', shown: 1 },
  ])('$kind answers $answer', async ({ answer, shown, ...fault }) => {
    const { slack, origin, setFaults } = await startWorkspace();
    const addresses: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        addresses.push(command.response_url);
        await ack();
      });
    });
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });
    setFaults({ operation: 'response_url', ...fault });

    const response = await fetch(String(addresses[0]), { method: 'POST', body: '{"text":"one"}' });

    expect(`${response.status} ${await response.text()}`).toBe(answer);
    expect(slack.messages('deploys', SAM)).toHaveLength(shown);
  });
});

describe('a fault that makes no sense', () => {
  it.each([
    ['a refusal without a code', { operation: 'chat.update', kind: 'refuse' }, 'error'],
    ['a method that comes twice', { operation: 'chat.update', kind: 'duplicate' }, 'operation'],
    ['a lost acknowledgement of a method', { operation: 'auth.test', kind: 'lose-ack' }, 'operation'],
  ])('is refused: %s', (_what, fault, field) => {
    const read = Fault.safeParse({ service: 'slack', ...fault });

    expect(read.error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });
});

function refused(error: unknown): unknown {
  return error instanceof Error && 'data' in error ? Object(error.data).error : error;
}
