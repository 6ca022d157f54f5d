import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreWorld } from '../store.ts';
import { anAppend, succeeded } from './appends.ts';

export function publishingContract({ store, clock }: StoreWorld): void {
  describe('publishing', () => {
    beforeEach(async () => {
      await store().commit([anAppend({})]);
    });

    it('is due after an event, until the message shows it', async () => {
      expect(await store().deploymentsToPublish(clock().now())).toMatchObject([{ number: 1 }]);

      await store().markPublished(1, { version: 1 });

      expect(await store().deploymentsToPublish(clock().now())).toEqual([]);
    });

    it('tells how many ends no message shows yet, and since when the first waits', async () => {
      await store().markPublished(1, { version: 1 });
      await store().commit([anAppend({ deployment: 2 })]);
      expect(await store().lateMessages()).toBeUndefined();

      const since = clock().now();
      await store().commit([succeeded(1)]);
      await clock().advance(3_000);
      await store().commit([succeeded(2)]);
      await store().markPublished(2, { version: 1 });

      expect(await store().lateMessages()).toEqual({ count: 2, since });
      await store().markPublished(1, { version: 2 });
      expect(await store().lateMessages()).toEqual({ count: 1, since: since + 3_000 });
      await store().markPublished(2, { version: 2 });
      expect(await store().lateMessages()).toBeUndefined();
    });

    it('is due when the message wants a refresh', async () => {
      await store().markPublished(1, { version: 1, refreshAt: clock().now() + 60_000 });

      expect(await store().deploymentsToPublish(clock().now())).toEqual([]);
      expect(await store().deploymentsToPublish(clock().now() + 60_000)).toMatchObject([{ number: 1 }]);
    });

    it('is due while a line of the thread is not sent, once it may be', async () => {
      await store().markPublished(1, { version: 1 });
      await store().addPosts([{ id: '1/1', deployment: 1, event: 1, channel: 'C1' }]);
      await store().updatePost('1/1', { notBefore: clock().now() + 5_000, problem: 'ratelimited' });

      expect(await store().deploymentsToPublish(clock().now())).toEqual([]);
      expect(await store().deploymentsToPublish(clock().now() + 5_000)).toMatchObject([{ number: 1 }]);
    });

    it('waits while the message itself must', async () => {
      await store().addPosts([{ id: '1', deployment: 1, event: 0, channel: 'C1' }]);
      await store().updatePost('1', { state: 'sent', notBefore: clock().now() + 5_000 });

      expect(await store().deploymentsToPublish(clock().now())).toEqual([]);
      expect(await store().deploymentsToPublish(clock().now() + 5_000)).toMatchObject([{ number: 1 }]);
    });

    it('adds a post once and changes only what it is told', async () => {
      const post = { id: '1', deployment: 1, event: 0, channel: 'C1' };
      await store().addPosts([post]);
      await store().updatePost('1', { state: 'sent', ts: '1700000000.000100', attempts: 1 });
      await store().addPosts([post]);

      expect(await store().posts(1)).toEqual([
        { ...post, state: 'sent', ts: '1700000000.000100', attempts: 1, notBefore: 0 },
      ]);
    });

    it('refuses to change a post that does not exist', async () => {
      await expect(store().updatePost('nobody', { state: 'sent' })).rejects.toThrow(
        'There is no post nobody',
      );
    });
  });
}
