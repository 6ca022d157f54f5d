import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { takeUpArrivals } from '../../commands/reception.ts';
import { DELIVERY_KIND } from '../../src/ports/delivery.ts';
import { takeUpDeliveries } from '../../src/use-cases/take-delivery.ts';
import { createWebServer } from '../../src/web/server.ts';
import { TestDesk } from '../commands/front-desk.ts';
import { eventually } from '../eventually.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/log.ts';
import { followPolicy } from '../jobs/follow-world.ts';
import { COMMIT, deliver, headersOf, type Listening, listen, pushBody, signed } from './listening.ts';

let web: Listening;
afterEach(() => web.close());

describe('a delivery', () => {
  it('is kept before it is answered, and dealt with after that', async () => {
    web = await listen();
    const kept: unknown[] = [];
    const processed = Promise.withResolvers<string>();
    web.serve({
      isAwaited: async () => true,
      async keep({ told }) {
        kept.push(told);
        return true;
      },
      async process(id) {
        processed.resolve(id);
      },
    });

    const status = await deliver(web.origin, pushBody(), { 'x-github-delivery': 'the-first' });

    expect(status).toBe(202);
    expect(kept).toMatchObject([
      { repository: 'acme/api', ref: 'refs/heads/main', commit: COMMIT, login: 'octocat' },
    ]);
    expect(await processed.promise).toBe('github/the-first');
  });

  it('has the places that follow its ref look at it, and its pusher remembered', async () => {
    web = await listen();

    await deliver(web.origin, pushBody(), { 'x-github-delivery': 'one' });

    expect(await eventually(() => web.acted().length > 0 && web.acted())).toEqual([
      'follow/api/staging/github/one',
    ]);
    const told = await web.store.toldPush({
      ...{ repository: 'acme/api', ref: 'refs/heads/main', commit: COMMIT },
    });
    expect(told).toMatchObject({ login: 'octocat', email: 'octocat@acme.example' });
    await eventually(async () => (await web.store.openArrivals()).length === 0);
  });

  it('that comes again, or under another id, is answered and does nothing', async () => {
    web = await listen();
    await deliver(web.origin, pushBody(), { 'x-github-delivery': 'one' });

    const again = await deliver(web.origin, pushBody(), { 'x-github-delivery': 'one' });
    const replayed = await deliver(web.origin, pushBody(), { 'x-github-delivery': 'two' });

    expect([again, replayed]).toEqual([200, 200]);
    await eventually(async () => (await web.store.openArrivals()).length === 0);
    expect(web.acted()).toHaveLength(1);
  });

  it('of a tag that is an object of its own is of the commit', async () => {
    web = await listen();

    await deliver(web.origin, pushBody({ ref: 'refs/tags/v1.2.0', after: 'd'.repeat(40) }));

    await eventually(() => web.acted().length > 0);
    const of = { repository: 'acme/api', ref: 'refs/tags/v1.2.0', commit: COMMIT };
    expect(await web.store.toldPush(of)).toMatchObject({ login: 'octocat' });
  });

  it.each([
    ['without a signature', { 'x-hub-signature-256': '' }, 401],
    ['with an old kind of signature', { 'x-hub-signature-256': `sha1=${'a'.repeat(40)}` }, 401],
    ['signed with another secret', { 'x-hub-signature-256': signed(pushBody(), 'another') }, 401],
    ['signed for another body', { 'x-hub-signature-256': signed(pushBody({ ref: 'refs/heads/x' })) }, 401],
    ['without an id', { 'x-github-delivery': '' }, 400],
    ['with an odd id', { 'x-github-delivery': '../../etc' }, 400],
    ['without an event', { 'x-github-event': '' }, 400],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('%s is refused, and nothing of it is kept', async (_what, headers, status) => {
    web = await listen();

    expect(await deliver(web.origin, pushBody(), headers)).toBe(status);
    expect(await web.store.openArrivals()).toEqual([]);
    expect(web.acted()).toEqual([]);
  });

  it('whose bytes are no text is refused, though the text they are read as is signed', async () => {
    web = await listen();
    const read = pushBody({ sender: { login: '\u{fffd}' } });
    const [before, after] = read.split('\u{fffd}');
    const sent = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff]), Buffer.from(after ?? '')]);

    expect(sent.toString('utf8')).toBe(read);
    expect(await deliver(web.origin, sent, { 'x-hub-signature-256': signed(read) })).toBe(401);
    expect(await deliver(web.origin, sent, { 'x-hub-signature-256': signed(sent) })).toBe(401);
    expect(await deliver(web.origin, read)).toBe(202);
  });

  it.each([
    ['no JSON', 'ref=main', 400],
    ['no push', '{"zen":"Keep it logically awesome."}', 400],
    ['a commit that is none', pushBody({ after: 'main' }), 400],
    ['another shape', pushBody({ repository: 'acme/api' }), 400],
  ])('that is signed but %s is refused', async (_what, body, status) => {
    web = await listen();

    expect(await deliver(web.origin, body)).toBe(status);
    expect(await web.store.openArrivals()).toEqual([]);
  });

  it.each(['ping', 'issues', 'workflow_job'])('of the event %s is answered and not kept', async (event) => {
    web = await listen();

    expect(await deliver(web.origin, pushBody(), { 'x-github-event': event })).toBe(200);
    expect(await web.store.openArrivals()).toEqual([]);
  });

  it('that is larger than may be is refused, whether it says so or not', async () => {
    web = await listen({ limits: { body: 10_000 } });
    const body = 'x'.repeat(10_001);

    const said = await deliver(web.origin, body);
    const chunked = await fetch(`${web.origin}/github/webhook`, {
      ...{ method: 'POST', headers: headersOf(body), duplex: 'half' },
      body: new ReadableStream({
        pull(controller) {
          controller.enqueue(Buffer.from('x'.repeat(1_000)));
        },
      }),
    }).then(
      ({ status }) => status,
      () => 'cut',
    );

    expect(said).toBe(413);
    expect([413, 'cut']).toContain(chunked);
    expect(await deliver(web.origin)).toBe(202);
  });

  it('is turned away while too much is being read already', async () => {
    web = await listen({ limits: { bodies: 100 } });

    expect(await deliver(web.origin)).toBe(503);
    expect(await web.store.openArrivals()).toEqual([]);
  });

  it('that cannot be kept is not said to be', async () => {
    web = await listen();
    web.serve({
      isAwaited: async () => true,
      keep: () => Promise.reject(new Error('the disk is full, secret path /var')),
      process: () => Promise.resolve(),
    });

    const response = await fetch(`${web.origin}/github/webhook`, {
      ...{ method: 'POST', headers: headersOf(pushBody()), body: pushBody() },
    });

    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('/var');
    expect(web.logged).toHaveLength(1);
  });
});

describe('the web server', () => {
  it('turns deliveries away while another process leads, and lives all the same', async () => {
    web = await listen();
    web.serve(undefined);

    const response = await fetch(`${web.origin}/github/webhook`, { method: 'POST', body: '{}' });

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await (await fetch(`${web.origin}/health`)).json()).toEqual({ message: 'standby' });
  });

  it('says that it lives', async () => {
    web = await listen();

    const response = await fetch(`${web.origin}/health?from=balancer`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ message: 'leading' });
    expect((await fetch(`${web.origin}/health`, { method: 'DELETE' })).status).toBe(405);
  });

  it('has nothing else, and takes deliveries by POST alone', async () => {
    web = await listen();

    expect((await fetch(`${web.origin}/`)).status).toBe(404);
    expect((await fetch(`${web.origin}/../github/webhook`)).status).toBe(405);
    expect((await fetch(`${web.origin}/github/webhook/more`, { method: 'POST' })).status).toBe(404);
  });

  it('takes no deliveries without a secret', async () => {
    web = await listen();
    const bare = createWebServer({ port: 0, host: '127.0.0.1' }, { log: silentLog });
    const port = await bare.start();
    bare.serve(web.desk);

    expect(await deliver(`http://127.0.0.1:${port}`)).toBe(404);
    await bare.stop();
  });

  it('says why it cannot listen', async () => {
    web = await listen();
    const second = createWebServer({ port: web.port, host: '127.0.0.1' }, { log: silentLog });

    await expect(second.start()).rejects.toThrow(/cannot listen on 127.0.0.1.*FORGE_HTTP_PORT/u);
  });

  it('ends the connection of who sends slowly', async () => {
    web = await listen({ limits: { headersWithin: 100, requestWithin: 100, checkEvery: 20 } });
    const socket = connect(web.port, '127.0.0.1');
    socket.write('POST /github/webhook HTTP/1.1\r\nhost: forge\r\n');
    socket.on('error', () => undefined);
    socket.resume();

    await once(socket, 'close');

    expect(await deliver(web.origin)).toBe(202);
  });

  it('ends the connection of who sends more headers than may be', async () => {
    web = await listen();

    const response = await fetch(`${web.origin}/health`, { headers: { odd: 'x'.repeat(20_000) } });

    expect(response.status).toBe(431);
  });

  it('stops though somebody holds a connection', async () => {
    web = await listen();
    const socket = connect(web.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write('POST /github/webhook HTTP/1.1\r\nhost: forge\r\ncontent-length: 5\r\n\r\n');

    await Promise.all([web.server.stop(), once(socket, 'close')]);

    await expect(fetch(`${web.origin}/health`)).rejects.toThrow('fetch failed');
  });
});

describe('what an earlier process kept', () => {
  it('is not taken for something of Slack’s', async () => {
    web = await listen();
    const front = new TestDesk();
    await front.store.keepArrival({ id: 'github/one', kind: DELIVERY_KIND, payload: {} });

    await takeUpArrivals(await front.store.openArrivals(), front.desk);

    expect(await front.store.openArrivals()).toMatchObject([{ id: 'github/one', attempts: 0 }]);
  });

  it('is dealt with once by the next one', async () => {
    web = await listen();
    web.serve({ ...web.desk, process: () => Promise.resolve() });
    await deliver(web.origin);
    const left = await web.store.openArrivals();

    const used = { store: web.store, policy: followPolicy, clock: createFakeClock(), log: silentLog };
    await takeUpDeliveries(left, used);
    await takeUpDeliveries(left, used);

    expect(web.acted()).toHaveLength(1);
    expect(await web.store.openArrivals()).toEqual([]);
  });
});
