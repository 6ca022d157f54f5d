import { afterEach, describe, expect, it } from 'vitest';
import { NewsEvent } from '../../src/ports/delivery.ts';
import { eventually } from '../eventually.ts';
import { deliver, type Listening, listen, pushBody, signed } from './listening.ts';
import { news } from './news.ts';

const SEED = Number(process.env.SEED ?? 2601);
const DELIVERIES = 10_000;
/** At the same time. */
const ABREAST = 16;
const MOST = 20_000;

let web: Listening;
afterEach(() => web.close());

/** The same numbers for the same seed: xorshift32. */
function createRandom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Delivery = { body: Buffer; headers: Record<string, string>; mayBe: readonly number[] };
type Random = ReturnType<typeof createRandom>;

const good = pushBody();
const known = { 'x-github-delivery': 'the-good-one', 'x-hub-signature-256': signed(good) };

/** Bytes changed, left out or put in anywhere; the signature is that of the body as it was. */
function mutated(random: Random): Delivery {
  const body = Buffer.from(good);
  const at = random(body.length);
  const change = 1 + random(255);
  const kind = random(3);
  const changed =
    kind === 0
      ? Buffer.concat([body.subarray(0, at), body.subarray(at + 1)])
      : Buffer.concat([
          body.subarray(0, at),
          Buffer.from([((body[at] ?? 0) + change) % 256]),
          body.subarray(kind === 1 ? at + 1 : at),
        ]);
  const isSame = changed.equals(body);
  return { body: changed, headers: { 'x-hub-signature-256': signed(good) }, mayBe: isSame ? [200] : [401] };
}

function unsigned(random: Random): Delivery {
  const odd = [
    '',
    'sha256=',
    `sha256=${'0'.repeat(64)}`,
    `sha1=${'0'.repeat(40)}`,
    signed(good, 'another secret'),
  ];
  const body = Buffer.from(pushBody({ ref: `refs/heads/${random(1_000_000)}` }));
  return { body, headers: { 'x-hub-signature-256': odd[random(odd.length)] ?? '' }, mayBe: [401] };
}

/** A good one once more: as it was, or under another id. */
function replayed(random: Random): Delivery {
  const id = random(2) === 0 ? {} : { 'x-github-delivery': `replayed-${random(1_000_000)}` };
  return { body: Buffer.from(good), headers: { ...known, ...id }, mayBe: [200] };
}

function oversized(random: Random): Delivery {
  const body = Buffer.alloc(MOST + 1 + random(MOST), 'x');
  return { body, headers: { 'x-hub-signature-256': signed(body) }, mayBe: [413] };
}

/** Signed, and yet nothing that a push could be. */
function senseless(random: Random): Delivery {
  const odd = [
    pushBody({ ref: { toString: 'refs/heads/main' } }),
    pushBody({ after: '../../main' }),
    pushBody({ repository: null }),
    '[]',
    'null',
    '{"ref":',
    good.slice(0, random(good.length)) || '{',
    JSON.stringify({ __proto__: null, constructor: good }),
    '['.repeat(10_000),
  ];
  const body = Buffer.from(odd[random(odd.length)] ?? '');
  return { body, headers: { 'x-hub-signature-256': signed(body) }, mayBe: [400] };
}

/** Of what nobody waits for, or of nothing that could be. */
function idle(random: Random): Delivery {
  const event = NEWS[random(NEWS.length)] ?? 'status';
  const isOdd = random(2) === 0;
  const said = JSON.stringify({ ...news[event], ...(isOdd ? { repository: random(9), sha: 'main' } : {}) });
  const body = Buffer.from(said);
  const headers = { 'x-github-event': event, 'x-hub-signature-256': signed(body) };
  return { body, headers, mayBe: [isOdd ? 400 : 200] };
}

/** Whatever the headers say, the signature is of the body. */
function badlyHeaded(random: Random): Delivery {
  const odd: Record<string, string>[] = [
    { 'x-github-delivery': 'a/../b' },
    { 'x-github-delivery': 'x'.repeat(200) },
    { 'x-github-event': 'push;drop' },
    { 'x-github-event': '' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/jsonp' },
  ];
  return { body: Buffer.from(good), headers: odd[random(odd.length)] ?? {}, mayBe: [400, 415] };
}

const NEWS = NewsEvent.options;
const KINDS = [mutated, unsigned, replayed, oversized, senseless, idle, badlyHeaded];

describe('whoever finds the address of Forge', () => {
  it(`has nothing done by ${DELIVERIES} deliveries that are mutated, unsigned, replayed, oversized or senseless (seed ${SEED})`, async () => {
    web = await listen({ limits: { body: MOST } });
    expect(await deliver(web.origin, good, known)).toBe(202);
    await eventually(() => web.acted().length === 1);
    const random = createRandom(SEED);
    const odd: string[] = [];
    const statuses = new Set<number>();

    for (let sent = 0; sent < DELIVERIES; sent += ABREAST) {
      const batch = Array.from({ length: Math.min(ABREAST, DELIVERIES - sent) }, () => {
        const make = KINDS[random(KINDS.length)] ?? mutated;
        return { kind: make.name, ...make(random) };
      });
      const answers = await Promise.all(
        batch.map(({ body, headers }) => deliver(web.origin, body, headers).catch(() => 413)),
      );
      for (const [index, status] of answers.entries()) {
        statuses.add(status);
        const { kind, mayBe = [] } = batch[index] ?? {};
        if (!mayBe.includes(status)) odd.push(`${kind} was answered ${status}`);
      }
    }

    expect(odd).toEqual([]);
    expect([...statuses].sort()).toEqual([200, 400, 401, 413, 415]);
    expect(web.acted()).toEqual(['follow/api/staging/github/the-good-one']);
    expect(web.rung()).toEqual([]);
    await eventually(async () => (await web.store.openArrivals()).length === 0);
    expect(web.logged).toEqual([]);
    expect(await deliver(web.origin, pushBody({ before: 'e'.repeat(40) }))).toBe(202);
    await eventually(() => web.acted().length === 2);
  }, 120_000);
});
