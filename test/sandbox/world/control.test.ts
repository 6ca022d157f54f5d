import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, Refused } from '../../../sandbox/client.ts';
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
const messages = (as = MAYA) => client.messages('deploys', as);

/** A new one: those of earlier tests are still there. */
async function postedMessage() {
  const known = new Set((await messages()).map((message) => message.ts));
  await type('/forge post');
  return eventually('the posted message', async () =>
    (await messages()).find(({ ts, text }) => text === 'Deployment' && !known.has(ts)),
  );
}

async function openQuestion() {
  const known = new Set((await client.views(MAYA)).map((view) => view.id));
  await type('/forge ask');
  return eventually('the modal', async () => (await client.views(MAYA)).find(({ id }) => !known.has(id)));
}

describe('GET /sandbox/state', () => {
  it('shows the people, channels, services and Forge', async () => {
    const state = await client.state();

    expect(state.users).toContainEqual({ id: MAYA, name: 'Maya Chen', title: 'Product manager' });
    expect(state.channels).toContainEqual({ id: 'C0DEPLOYS', name: 'deploys' });
    expect(state.services.map((service) => service.name)).toContain('api');
    expect(state.services.find(({ name }) => name === 'api')?.shares).toEqual([
      { version: 'v1.0.0', colour: 'only', percent: 100 },
    ]);
    expect(state.switches).toMatchObject({ slack: { newBlocks: true }, aws: { nodes: { count: 1 } } });
    expect(state.forge).toEqual({ pid: sandbox.addresses.forge.pid, ready: true });
  });
});

describe('a command typed through the control API', () => {
  it('reaches the app, and its private answer is seen by that person alone', async () => {
    const delivery = await type('/forge hello there');

    expect(delivery).toEqual({ acked: true, ms: expect.any(Number) });
    const answer = await eventually('the answer', async () =>
      (await messages()).find((message) => message.text === 'heard hello there'),
    );
    expect(answer.ephemeral).toBe(true);
    expect((await messages('U0SAM')).map((message) => message.text)).not.toContain('heard hello there');
  });

  it('takes a channel by id, name or #name alike', async () => {
    const deliveries = [];
    for (const channel of ['C0DEPLOYS', 'deploys', '#deploys']) {
      deliveries.push(await client.command({ as: MAYA, channel, text: '/forge hello' }));
    }

    expect(deliveries.map((delivery) => delivery.acked)).toEqual([true, true, true]);
  });

  it('is refused for a person or channel there is not, naming those there are', async () => {
    const text = '/forge hello';

    await expect(client.command({ as: 'U0NOBODY', channel: 'deploys', text })).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('U0MAYA'),
    });
    await expect(client.command({ as: MAYA, channel: 'nowhere', text })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('a click through the control API', () => {
  it('on a button with a dialog asks first, and acts when confirmed', async () => {
    const { ts } = await postedMessage();
    const click = { as: MAYA, channel: 'deploys', ts, action_id: 'undo' };

    const asked = await client.click(click).catch((error: unknown) => error);
    const confirmed = await client.click({ ...click, confirmed: true });

    expect(asked).toBeInstanceOf(Refused);
    expect(asked).toMatchObject({ status: 409, fields: { confirm: { title: { text: 'Roll back?' } } } });
    expect(confirmed.acked).toBe(true);
    await eventually('what the click did', async () =>
      (await messages()).find((message) => message.text === 'undone 7'),
    );
  });

  it('must say where the button is', async () => {
    await expect(client.click({ as: MAYA, action_id: 'undo' })).rejects.toMatchObject({ status: 400 });
  });

  it('on a button that is not there is refused', async () => {
    const { ts } = await postedMessage();

    const click = client.click({ as: MAYA, channel: 'deploys', ts, action_id: 'nothing' });

    await expect(click).rejects.toMatchObject({ status: 404 });
  });
});

describe('a modal through the control API', () => {
  it('shows the errors the app answers, and is gone when it accepts', async () => {
    const { id: view_id } = await openQuestion();
    const submit = (text: string) => client.submit({ as: MAYA, view_id, values: { answer: { text } } });

    const wrong = await submit('wrong');
    const right = await submit('right');

    expect(wrong).toMatchObject({ errors: { answer: 'That is wrong.' } });
    expect(right.acked).toBe(true);
    expect((await client.views(MAYA)).map((view) => view.id)).not.toContain(view_id);
  });

  it('can be closed', async () => {
    const { id: view_id } = await openQuestion();

    await client.close({ as: MAYA, view_id });

    expect((await client.views(MAYA)).map((view) => view.id)).not.toContain(view_id);
  });

  it('that is not open is refused', async () => {
    const submission = client.submit({ as: MAYA, view_id: 'V0NONE', values: {} });

    await expect(submission).rejects.toMatchObject({ status: 404 });
  });
});

describe('the App Home through the control API', () => {
  it('is what the app publishes when it is opened', async () => {
    await client.openHome(MAYA);

    const home = await eventually('the home', async () => {
      const answer = await fetch(`${sandbox.addresses.control}/home?as=${MAYA}`);
      const text = await answer.text();
      return text.includes('At home.') ? text : undefined;
    });

    expect(JSON.parse(home)).toMatchObject({ type: 'home' });
  });

  it('is null before anybody opened it', async () => {
    const answer = await fetch(`${sandbox.addresses.control}/home?as=U0ELENA`);

    expect(await answer.json()).toBeNull();
  });
});

describe('faults', () => {
  it('strike the call they name, and are seen in the state', async () => {
    await client.faults([
      { service: 'slack', operation: 'deliver:slash_commands', kind: 'error', nth: 1, times: 1 },
    ]);

    const struck = await type('/forge hello');
    const next = await type('/forge hello');

    expect([struck.acked, next.acked]).toEqual([false, true]);
    await client.faults([]);
  });

  it('can be added and ended one by one, without a loss of what the others counted', async () => {
    await client.faults([{ service: 'slack', operation: 'deliver:slash_commands', kind: 'error', times: 2 }]);
    await type('/forge hello');

    await client.addFault({ service: 'ecr', operation: '*', kind: 'throttle' });
    const [first, second] = (await client.state()).faults;
    await client.endFault(second?.id ?? 0);

    expect(first).toMatchObject({ calls: 1, struck: 1 });
    expect((await client.state()).faults).toEqual([first]);
    await expect(client.endFault(second?.id ?? 0)).rejects.toMatchObject({ status: 404 });
    await client.faults([]);
  });

  it('that make no sense are refused, naming the field', async () => {
    const faults = client.faults([{ service: 'slack', operation: '*', kind: 'explode' }]);

    await expect(faults).rejects.toMatchObject({ status: 400, message: expect.stringContaining('0.kind') });
  });
});

describe('the request log', () => {
  it('tells what the app called, by service and since a point', async () => {
    const before = (await client.requests({})).at(-1)?.sequence ?? 0;

    await postedMessage();

    const calls = await client.requests({ service: 'slack', operation: 'chat.postMessage', after: before });
    expect(calls).toHaveLength(1);
  });
});

describe('load', () => {
  it('on a service there is not is refused', async () => {
    const load = client.load({ service: 'nothing', environment: 'staging', requestsPerSecond: 5 });

    await expect(load).rejects.toMatchObject({ status: 404 });
  });

  it('is answered by the live version, and counted', async () => {
    await client.load({ service: 'api', environment: 'staging', requestsPerSecond: 50 });

    const service = await eventually('counted requests', async () => {
      const { services } = await client.state();
      return services.find(({ name, requests }) => name === 'api' && requests >= 10);
    });
    await client.load({ service: 'api', environment: 'staging', requestsPerSecond: 0 });

    expect(service).toMatchObject({ live: { version: 'v1.0.0' }, failures: 0, weights: null });
  });
});

describe('the stream of changes', () => {
  it('tells what to read again, and of other people nothing private', async () => {
    const ended = new AbortController();
    const stream = await fetch(`${sandbox.addresses.control}/stream?as=U0SAM`, { signal: ended.signal });
    const seen: string[] = [];
    const reading = readEvents(stream, seen).catch(() => undefined);

    await openQuestion();
    await postedMessage();
    await eventually('the change of messages', () =>
      seen.find((line) => line.includes('"what":"messages"') && line.includes('C0DEPLOYS')),
    );
    ended.abort();
    await reading;

    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(seen.filter((line) => line.includes('views'))).toEqual([]);
  });

  it('is refused to nobody in particular', async () => {
    const answer = await fetch(`${sandbox.addresses.control}/stream`);

    expect(answer.status).toBe(400);
  });
});

async function readEvents(response: Response, seen: string[]): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) seen.push(...decoder.decode(chunk).split('\n'));
}
