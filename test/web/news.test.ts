import { afterEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { NewsEvent } from '../../src/ports/delivery.ts';
import { takeUpDeliveries } from '../../src/use-cases/take-delivery.ts';
import { aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { eventually } from '../eventually.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/log.ts';
import { followPolicy } from '../jobs/follow-world.ts';
import { person } from '../jobs/forge-world.ts';
import { COMMIT, deliver, HEAD, type Listening, listen, pushBody, ship } from './listening.ts';
import { news } from './news.ts';

let web: Listening;
afterEach(() => web.close());

const OTHER = 'f'.repeat(40);

/** GitHub tells of something; gives the status. */
function tell(event: NewsEvent, { id = 'one', ...change }: Record<string, unknown> & { id?: string } = {}) {
  const headers = { 'x-github-event': event, 'x-github-delivery': id };
  return deliver(web.origin, JSON.stringify({ ...news[event], ...change }), headers);
}

const settled = () => eventually(async () => (await web.store.openArrivals()).length === 0);

/** A deployment of a commit, after these events. */
async function deploying(commit: string, ...events: DeploymentEvent[]): Promise<void> {
  const plan = aPlan({ to: aRelease({ service: 'api', commit }) });
  const requested = aRequestedEvent({ service: 'api', environment: 'staging', plan });
  await web.store.commit([
    {
      ...{ kind: 'append', deployment: 1, expect: 0, by: person().actor, cause: 'by hand' },
      events: [requested, ...events],
    },
  ]);
}

describe('what GitHub tells of checks, reviews and pull requests', () => {
  it.each(NewsEvent.options)('by %s has the shipment of that branch looked at', async (event) => {
    web = await listen();
    await web.ship('feature/x');
    await web.ship('feature/y');

    expect(await tell(event)).toBe(202);

    await settled();
    expect(web.rung()).toContain('ship/S1 by github: github/one');
  });

  it('has a shipment of another branch with the same commit looked at too', async () => {
    web = await listen();
    await web.ship('feature/y');

    const check_suite = { head_sha: HEAD, head_branch: null };

    expect(await tell('check_suite', { check_suite })).toBe(202);
    await settled();
    expect(web.rung()).toEqual(['ship/S1 by github: github/one']);
  });

  it.each([
    ['of another repository', { repository: { full_name: 'acme/web' } }],
    ['of another branch and commit', { sha: OTHER, branches: [{ name: 'feature/z' }] }],
  ])('%s is not kept, and wakes nothing', async (_what, change) => {
    web = await listen();
    await web.ship('feature/x');

    expect(await tell('status', change)).toBe(200);
    expect(await web.store.openArrivals()).toEqual([]);
    expect(web.rung()).toEqual([]);
  });

  it('is not kept where nothing is shipped', async () => {
    web = await listen();

    expect(await tell('check_run')).toBe(200);
    expect(await web.store.openArrivals()).toEqual([]);
  });

  it('again, or under another id, wakes nothing more', async () => {
    web = await listen();
    await web.ship('feature/x');
    await tell('status');
    await settled();

    expect([await tell('status'), await tell('status', { id: 'two' })]).toEqual([200, 200]);
    await settled();
    expect(web.rung()).toHaveLength(1);
  });

  it('many times at once has a shipment looked at once', async () => {
    web = await listen();
    await web.ship('feature/x');

    for (const index of [1, 2, 3]) await tell('status', { id: `burst-${index}`, state: `odd ${index}` });

    await settled();
    expect(web.rung()).toEqual(['ship/S1 by github: github/burst-1']);
  });

  it('has a deployment that waits for checks of that commit look at them', async () => {
    web = await listen();
    await deploying(HEAD, { type: 'checking' });

    expect(await tell('check_run')).toBe(202);
    await settled();
    expect(web.rung()).toEqual(['prepare/1 by github: github/one']);
  });

  it('of another commit than the one that is checked wakes no deployment', async () => {
    web = await listen();
    await deploying(OTHER, { type: 'checking' });

    expect(await tell('check_run')).toBe(200);
    expect(web.rung()).toEqual([]);
  });

  it('wakes no deployment whose checks are over', async () => {
    web = await listen();
    await deploying(HEAD, { type: 'checking' }, { type: 'started' });

    expect(await tell('check_run')).toBe(200);
    expect(web.rung()).toEqual([]);
  });

  it('of what came of a merge has its shipment looked at, which waits for what follows', async () => {
    web = await listen();
    await web.ship('feature/y');
    const merged = { type: 'merged', commit: OTHER } as const;
    const by = person().actor;
    await web.store.commit([{ kind: 'append-shipment', shipment: 'S1', expect: 1, by, events: [merged] }]);

    expect(await tell('status', { sha: OTHER, branches: [{ name: 'main' }] })).toBe(202);
    await settled();
    expect(web.rung()).toEqual(['ship/S1 by github: github/one']);
  });

  it('of a repository wakes nothing that is shipped in another', async () => {
    web = await listen();
    await ship(web.store, 'feature/x', { repository: 'acme/web' });

    expect(await tell('status')).toBe(200);
    expect(web.rung()).toEqual([]);
  });

  it('is dealt with by the next process where this one ends before', async () => {
    web = await listen();
    await web.ship('feature/x');
    web.serve({ ...web.desk, process: () => Promise.resolve() });
    await tell('status');
    const left = await web.store.openArrivals();
    expect(web.rung()).toEqual([]);

    const used = { store: web.store, policy: followPolicy, clock: createFakeClock(), log: silentLog };
    await takeUpDeliveries(left, used);

    expect(web.rung()).toHaveLength(1);
    expect(await web.store.openArrivals()).toEqual([]);
  });

  it.each<[NewsEvent, Record<string, unknown>]>([
    ['check_run', { check_run: { head_sha: 'main' } }],
    ['check_suite', { repository: 'acme/api' }],
    ['status', { branches: 'feature/x' }],
    ['pull_request', { pull_request: { head: { ref: '', sha: HEAD } } }],
    ['pull_request_review', { pull_request: null }],
    ['workflow_run', { workflow_run: [] }],
  ])('by %s in another shape is refused', async (event, change) => {
    web = await listen();
    await web.ship('feature/x');

    expect(await tell(event, change)).toBe(400);
    expect(await web.store.openArrivals()).toEqual([]);
  });

  it('is not said to be kept where nobody can tell who waits for it', async () => {
    web = await listen();
    web.serve({ ...web.desk, isAwaited: () => Promise.reject(new Error('the database is gone')) });

    expect(await tell('status')).toBe(503);
    expect(web.logged).toHaveLength(1);
  });
});

describe('a push', () => {
  it.each([
    ['to the branch that is shipped', 'refs/heads/feature/x', ['ship/S1 by github: github/one']],
    [
      'to the branch that it is shipped to',
      'refs/heads/main',
      ['ship/S1 by github: github/one', 'ship/S2 by github: github/one'],
    ],
    ['of a tag of the same name', 'refs/tags/feature/x', []],
  ])('%s is looked at by what it is about', async (_what, ref, rung) => {
    web = await listen();
    await web.ship('feature/x');
    await web.ship('feature/y');

    expect(await deliver(web.origin, pushBody({ ref }), { 'x-github-delivery': 'one' })).toBe(202);

    await settled();
    expect(web.rung()).toEqual(rung);
  });

  it('of what is not deployed by itself is remembered with its pusher, without an address', async () => {
    web = await listen();

    await deliver(web.origin, pushBody({ ref: 'refs/heads/feature/x' }));

    await settled();
    const of = { repository: 'acme/api', ref: 'refs/heads/feature/x', commit: COMMIT };
    expect(await web.store.toldPush(of)).toEqual({ ...of, login: 'octocat' });
  });

  it('of a repository that is no service’s is not remembered', async () => {
    web = await listen();

    await deliver(web.origin, pushBody({ repository: { full_name: 'acme/web' } }));

    await settled();
    const of = { repository: 'acme/web', ref: 'refs/heads/main', commit: COMMIT };
    expect(await web.store.toldPush(of)).toBeUndefined();
  });

  it('that deletes the branch that is shipped is looked at', async () => {
    web = await listen();
    await web.ship('feature/x');
    const gone = { ref: 'refs/heads/feature/x', after: '0'.repeat(40), head_commit: null };

    await deliver(web.origin, pushBody(gone), { 'x-github-delivery': 'one' });

    await settled();
    expect(web.rung()).toEqual(['ship/S1 by github: github/one']);
  });
});
