import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Change, Store } from '../../src/ports/store.ts';
import { aRequestedEvent } from '../builders.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';

export type OpenStore = { store: Store; close: () => void };

/** What every store must do. */
export function storeContract(open: (clock: Clock) => OpenStore): void {
  let clock: FakeClock;
  let store: Store;
  let close: () => void;

  beforeEach(() => {
    clock = createFakeClock();
    ({ store, close } = open(clock));
  });
  afterEach(() => close());

  describe('commit', () => {
    it('appends events and keeps who, when, why and what caused them', async () => {
      const result = await store.commit([anAppend({ why: 'it is Monday' })]);

      expect(result).toBe('committed');
      expect(await store.events(1)).toEqual([
        {
          deployment: 1,
          version: 1,
          at: clock.now(),
          by: { kind: 'job', run: 'test' },
          why: 'it is Monday',
          cause: 'request',
          event: aRequestedEvent(),
        },
      ]);
    });

    it('numbers the events of one append', async () => {
      await store.commit([anAppend({ events: [aRequestedEvent(), { type: 'checking' }] })]);

      const deployment = await store.deployment(1);

      expect(deployment).toMatchObject({ version: 2, phase: { kind: 'checking' } });
    });

    it('is a conflict when the version is not the expected one, and writes nothing', async () => {
      await store.commit([anAppend({})]);

      const result = await store.commit([
        anAppend({ deployment: 2 }),
        anAppend({ expect: 2, events: [{ type: 'checking' }], cause: 'late' }),
      ]);

      expect(result).toBe('conflict');
      expect(await store.deployment(2)).toBeUndefined();
      expect(await store.events(1)).toHaveLength(1);
    });

    it('is a conflict when a deployment of that number exists', async () => {
      await store.commit([anAppend({})]);

      expect(await store.commit([anAppend({ cause: 'another request' })])).toBe('conflict');
      expect(await store.commit([anAppend({ cause: 'another request', expect: 'any' })])).toBe('conflict');
    });

    it('takes the version as it is for "any"', async () => {
      await store.commit([anAppend({})]);

      const result = await store.commit([
        anAppend({ expect: 'any', events: [{ type: 'checking' }], cause: 'c' }),
      ]);

      expect(result).toBe('committed');
    });

    it('writes a cause once, also when the version has moved on', async () => {
      await store.commit([anAppend({})]);
      await store.commit([anAppend({ expect: 1, events: [{ type: 'checking' }], cause: 'check' })]);

      const again = await store.commit([
        anAppend({ expect: 1, events: [{ type: 'checking' }], cause: 'check' }),
      ]);

      expect(again).toBe('already-committed');
      expect(await store.events(1)).toHaveLength(2);
    });

    it('writes two appends to one deployment in the order of the list', async () => {
      const result = await store.commit([
        anAppend({}),
        anAppend({ expect: 1, events: [{ type: 'checking' }], cause: 'second' }),
      ]);

      expect(result).toBe('committed');
      expect(await store.deployment(1)).toMatchObject({ version: 2 });
    });

    it('lets one deployment have effects on a service in an environment', async () => {
      await store.commit([anAppend({}), started(1)]);
      await store.commit([anAppend({ deployment: 2 })]);

      expect(await store.commit([started(2)])).toBe('conflict');
      expect(await store.deployment(2)).toMatchObject({ version: 1, phase: { kind: 'requested' } });
    });

    it('lets the next deployment have effects once the first has finished', async () => {
      await store.commit([anAppend({}), started(1), succeeded(1)]);

      const result = await store.commit([anAppend({ deployment: 2 }), started(2)]);

      expect(result).toBe('committed');
    });

    it('lets another environment have effects at the same time', async () => {
      await store.commit([anAppend({}), started(1)]);
      const elsewhere = aRequestedEvent({ environment: 'staging' });

      const result = await store.commit([anAppend({ deployment: 2, events: [elsewhere] }), started(2)]);

      expect(result).toBe('committed');
    });

    it('refuses the first event of a deployment that was never requested', async () => {
      await expect(
        store.commit([anAppend({ expect: 'any', events: [{ type: 'started' }] })]),
      ).rejects.toThrow('Deployment 1 does not exist');
      expect(await store.events(1)).toEqual([]);
    });

    it('refuses an append without events', async () => {
      await expect(store.commit([anAppend({ events: [] })])).rejects.toThrow('has no events');
    });

    it('is already committed when the arrival it finishes was finished before', async () => {
      await store.keepArrival({ id: 'click', kind: 'action', payload: {} });
      const finish: Change = { kind: 'finish-arrival', id: 'click', outcome: 'deployed' };

      const first = await store.commit([finish, anAppend({})]);
      const second = await store.commit([finish, anAppend({ deployment: 2 })]);

      expect([first, second]).toEqual(['committed', 'already-committed']);
      expect(await store.deployment(2)).toBeUndefined();
    });
  });

  describe('deployments', () => {
    it('are numbered from 1', async () => {
      expect(await store.nextNumber()).toBe(1);

      await store.commit([anAppend({})]);

      expect(await store.nextNumber()).toBe(2);
    });

    it('are unfinished until they end, oldest first', async () => {
      const staging = aRequestedEvent({ environment: 'staging' });
      await store.commit([anAppend({}), anAppend({ deployment: 2, events: [staging] })]);
      await store.commit([anAppend({ deployment: 3 }), started(3), succeeded(3)]);

      expect(numbers(await store.unfinished())).toEqual([1, 2]);
      expect(numbers(await store.unfinished({ environment: 'staging' }))).toEqual([2]);
      expect(numbers(await store.unfinished({ service: 'billing' }))).toEqual([]);
    });

    it('that succeeded come newest first, also when they were undone', async () => {
      await store.commit([anAppend({}), started(1), succeeded(1)]);
      await clock.advance(1000);
      await store.commit([anAppend({ deployment: 2 }), started(2), succeeded(2)]);
      await store.commit([
        anAppend({ deployment: 2, expect: 'any', events: [{ type: 'undone', by: 1 }], cause: 'u' }),
      ]);

      const place = { service: 'checkout', environment: 'production' };

      expect(numbers(await store.succeeded({ ...place, limit: 5 }))).toEqual([2, 1]);
      expect(numbers(await store.succeeded({ ...place, limit: 1 }))).toEqual([2]);
    });

    it('are listed in the history newest first, page by page', async () => {
      await store.commit([anAppend({}), anAppend({ deployment: 2 }), anAppend({ deployment: 3 })]);

      const first = await store.history({ limit: 2 });
      const second = await store.history({ limit: 2, before: 2 });

      expect(first.map((row) => row.number)).toEqual([3, 2]);
      expect(second).toEqual([
        {
          number: 1,
          service: 'checkout',
          environment: 'production',
          phase: 'requested',
          version: 'v1.1.0',
          requestedAt: clock.now(),
        },
      ]);
    });

    it('that do not exist are undefined', async () => {
      expect(await store.deployment(99)).toBeUndefined();
    });
  });

  describe('arrivals', () => {
    it('are kept once', async () => {
      const kept = await Promise.all([
        store.keepArrival({ id: 'a', kind: 'action', payload: { value: 1 } }),
        store.keepArrival({ id: 'a', kind: 'action', payload: { value: 2 } }),
        store.keepArrival({ id: 'b', kind: 'message', payload: null }),
      ]);

      expect(kept).toEqual([true, false, true]);
      expect(await store.openArrivals()).toEqual([
        { id: 'a', kind: 'action', payload: { value: 1 }, receivedAt: clock.now(), attempts: 0 },
        { id: 'b', kind: 'message', payload: null, receivedAt: clock.now(), attempts: 0 },
      ]);
    });

    it('count how often they were begun', async () => {
      await store.keepArrival({ id: 'a', kind: 'action', payload: {} });

      await store.beginArrival('a');
      const second = await store.beginArrival('a');

      expect(second).toMatchObject({ id: 'a', attempts: 2 });
    });

    it('that are finished are not begun again', async () => {
      await store.keepArrival({ id: 'a', kind: 'action', payload: {} });

      await store.finishArrival('a', 'done');
      await store.finishArrival('a', 'done');

      expect(await store.beginArrival('a')).toBeUndefined();
      expect(await store.openArrivals()).toEqual([]);
    });
  });

  describe('publishing', () => {
    beforeEach(async () => {
      await store.commit([anAppend({})]);
    });

    it('is due after an event, until the message shows it', async () => {
      expect(await store.deploymentsToPublish(clock.now())).toEqual([1]);

      await store.markPublished(1, { version: 1 });

      expect(await store.deploymentsToPublish(clock.now())).toEqual([]);
    });

    it('is due when the message wants a refresh', async () => {
      await store.markPublished(1, { version: 1, refreshAt: clock.now() + 60_000 });

      expect(await store.deploymentsToPublish(clock.now())).toEqual([]);
      expect(await store.deploymentsToPublish(clock.now() + 60_000)).toEqual([1]);
    });

    it('is due while a line of the thread is not sent, once it may be', async () => {
      await store.markPublished(1, { version: 1 });
      await store.addPosts([{ id: '1/1', deployment: 1, event: 1, channel: 'C1' }]);
      await store.updatePost('1/1', { notBefore: clock.now() + 5_000, problem: 'ratelimited' });

      expect(await store.deploymentsToPublish(clock.now())).toEqual([]);
      expect(await store.deploymentsToPublish(clock.now() + 5_000)).toEqual([1]);
    });

    it('waits while the message itself must', async () => {
      await store.addPosts([{ id: '1', deployment: 1, event: 0, channel: 'C1' }]);
      await store.updatePost('1', { state: 'sent', notBefore: clock.now() + 5_000 });

      expect(await store.deploymentsToPublish(clock.now())).toEqual([]);
      expect(await store.deploymentsToPublish(clock.now() + 5_000)).toEqual([1]);
    });

    it('adds a post once and changes only what it is told', async () => {
      const post = { id: '1', deployment: 1, event: 0, channel: 'C1' };
      await store.addPosts([post]);
      await store.updatePost('1', { state: 'sent', ts: '1700000000.000100', attempts: 1 });
      await store.addPosts([post]);

      expect(await store.posts(1)).toEqual([
        { ...post, state: 'sent', ts: '1700000000.000100', attempts: 1, notBefore: 0 },
      ]);
    });

    it('refuses to change a post that does not exist', async () => {
      await expect(store.updatePost('nobody', { state: 'sent' })).rejects.toThrow('There is no post nobody');
    });
  });
}

type Append = Extract<Change, { kind: 'append' }>;

function anAppend(change: Partial<Append>): Append {
  return {
    kind: 'append',
    deployment: 1,
    expect: 0,
    events: [aRequestedEvent()],
    by: { kind: 'job', run: 'test' },
    cause: 'request',
    ...change,
  };
}

function started(deployment: number): Append {
  return later(deployment, { type: 'started' });
}

function succeeded(deployment: number): Append {
  return later(deployment, { type: 'succeeded' });
}

function later(deployment: number, event: DeploymentEvent): Append {
  return anAppend({ deployment, expect: 'any', events: [event], cause: event.type });
}

function numbers(deployments: readonly { number: number }[]): number[] {
  return deployments.map((deployment) => deployment.number);
}
