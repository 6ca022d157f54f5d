import { describe, expect, it } from 'vitest';
import type { StoreWorld } from '../store.ts';

export function arrivalsContract({ store, clock }: StoreWorld): void {
  describe('arrivals', () => {
    it('are kept once', async () => {
      const kept = await Promise.all([
        store().keepArrival({ id: 'a', kind: 'action', payload: { value: 1 } }),
        store().keepArrival({ id: 'a', kind: 'action', payload: { value: 2 } }),
        store().keepArrival({ id: 'b', kind: 'message', payload: null }),
      ]);

      expect(kept).toEqual([true, false, true]);
      expect(await store().openArrivals()).toEqual([
        { id: 'a', kind: 'action', payload: { value: 1 }, receivedAt: clock().now(), attempts: 0 },
        { id: 'b', kind: 'message', payload: null, receivedAt: clock().now(), attempts: 0 },
      ]);
    });

    it('count how often they were begun', async () => {
      await store().keepArrival({ id: 'a', kind: 'action', payload: {} });

      await store().beginArrival('a');
      const second = await store().beginArrival('a');

      expect(second).toMatchObject({ id: 'a', attempts: 2 });
    });

    it('that are finished are not begun again', async () => {
      await store().keepArrival({ id: 'a', kind: 'action', payload: {} });

      await store().finishArrival('a', 'done');
      await store().finishArrival('a', 'done');

      expect(await store().beginArrival('a')).toBeUndefined();
      expect(await store().openArrivals()).toEqual([]);
    });

    it('are forgotten when they were finished long ago, a few at a time, and then may be kept again', async () => {
      for (const id of ['a', 'b', 'c', 'open']) {
        await store().keepArrival({ id, kind: 'action', payload: {} });
      }
      for (const id of ['a', 'b']) await store().finishArrival(id, 'done');
      await clock().advance(1_000);
      await store().finishArrival('c', 'done');

      const before = clock().now();
      const purged = [
        await store().purgeArrivals({ before, limit: 1 }),
        await store().purgeArrivals({ before, limit: 5 }),
        await store().purgeArrivals({ before, limit: 5 }),
      ];

      expect(purged).toEqual([1, 1, 0]);
      const kept = ['a', 'c', 'open'].map((id) => store().keepArrival({ id, kind: 'action', payload: {} }));
      expect(await Promise.all(kept)).toEqual([true, false, false]);
    });
  });
}
