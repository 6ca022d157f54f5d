import { describe, expect, it } from 'vitest';
import { aRequestedEvent } from '../../builders.ts';
import type { StoreWorld } from '../store.ts';
import { anAppend, numbers, started, succeeded } from './appends.ts';

export function deploymentsContract({ store, clock }: StoreWorld): void {
  describe('deployments', () => {
    it('are numbered from 1', async () => {
      expect(await store().nextNumber()).toBe(1);

      await store().commit([anAppend({})]);

      expect(await store().nextNumber()).toBe(2);
    });

    it('are unfinished until they end, oldest first', async () => {
      const staging = aRequestedEvent({ environment: 'staging' });
      await store().commit([anAppend({}), anAppend({ deployment: 2, events: [staging] })]);
      await store().commit([anAppend({ deployment: 3 }), started(3), succeeded(3)]);

      expect(numbers(await store().unfinished())).toEqual([1, 2]);
      expect(numbers(await store().unfinished({ environment: 'staging' }))).toEqual([2]);
      expect(numbers(await store().unfinished({ service: 'billing' }))).toEqual([]);
    });

    it('that succeeded come newest first, also when they were undone', async () => {
      await store().commit([anAppend({}), started(1), succeeded(1)]);
      await clock().advance(1000);
      await store().commit([anAppend({ deployment: 2 }), started(2), succeeded(2)]);
      await store().commit([
        anAppend({ deployment: 2, expect: 'any', events: [{ type: 'undone', by: 1 }], cause: 'u' }),
      ]);

      const place = { service: 'checkout', environment: 'production' };

      expect(numbers(await store().succeeded({ ...place, limit: 5 }))).toEqual([2, 1]);
      expect(numbers(await store().succeeded({ ...place, limit: 1 }))).toEqual([2]);
    });

    it('are listed in the history newest first, page by page', async () => {
      await store().commit([anAppend({}), anAppend({ deployment: 2 }), anAppend({ deployment: 3 })]);

      const first = await store().history({ limit: 2 });
      const second = await store().history({ limit: 2, before: 2 });

      expect(first.map((row) => row.number)).toEqual([3, 2]);
      expect(second).toEqual([await store().deployment(1)]);
    });

    it('that do not exist are undefined', async () => {
      expect(await store().deployment(99)).toBeUndefined();
    });
  });
}
