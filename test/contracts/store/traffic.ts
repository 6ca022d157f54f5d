import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/ports/store.ts';
import type { StoreWorld } from '../store.ts';
import { anAppend, started } from './appends.ts';

type Intend = Extract<Change, { kind: 'intend-traffic' }>;

const target = { service: 'checkout', environment: 'production', region: 'eu-west-1' };

function anIntent(change: Partial<Intend> = {}): Intend {
  return {
    kind: 'intend-traffic',
    target,
    split: { blue: 90, green: 10 },
    before: { blue: 100, green: 0 },
    deployment: 1,
    expectGeneration: 0,
    ...change,
  };
}

export function trafficContract({ store, clock }: StoreWorld): void {
  describe('traffic', () => {
    it('is unknown where Forge never moved any', async () => {
      expect(await store().traffic(target)).toBeUndefined();
    });

    it('is as it was intended last, and not confirmed yet', async () => {
      await store().commit([anIntent({ safe: { blue: 100, green: 0 } })]);

      expect(await store().traffic(target)).toEqual({
        generation: 1,
        split: { blue: 90, green: 10 },
        before: { blue: 100, green: 0 },
        safe: { blue: 100, green: 0 },
        deployment: 1,
        intendedAt: clock().now(),
      });
    });

    it('knows when it was confirmed, by the first confirmation', async () => {
      await store().commit([anIntent()]);
      await clock().advance(1_000);
      await store().commit([{ kind: 'confirm-traffic', target, generation: 1 }]);
      const confirmedAt = clock().now();
      await clock().advance(1_000);
      await store().commit([{ kind: 'confirm-traffic', target, generation: 1 }]);

      expect(await store().traffic(target)).toMatchObject({ generation: 1, confirmedAt });
    });

    it('is not confirmed by what was read for an older intent', async () => {
      await store().commit([anIntent()]);
      await store().commit([anIntent({ expectGeneration: 1, split: { blue: 100, green: 0 } })]);

      const result = await store().commit([{ kind: 'confirm-traffic', target, generation: 1 }]);

      expect(result).toBe('committed');
      expect(await store().traffic(target)).not.toHaveProperty('confirmedAt');
    });

    it('forgets the confirmation and the safe split of the intent before', async () => {
      await store().commit([anIntent({ safe: { blue: 100, green: 0 } })]);
      await store().commit([{ kind: 'confirm-traffic', target, generation: 1 }]);

      await store().commit([
        anIntent({ expectGeneration: 1, before: { blue: 90, green: 10 }, deployment: 2 }),
      ]);

      const traffic = await store().traffic(target);
      expect(traffic).toMatchObject({ generation: 2, before: { blue: 90, green: 10 }, deployment: 2 });
      expect(traffic).not.toHaveProperty('confirmedAt');
      expect(traffic).not.toHaveProperty('safe');
    });

    it('is kept for each service, environment and region', async () => {
      await store().commit([anIntent()]);
      const others = [
        { ...target, service: 'billing' },
        { ...target, environment: 'staging' },
        { ...target, region: 'us-east-1' },
      ];

      const results = await Promise.all(others.map((other) => store().commit([anIntent({ target: other })])));

      expect(results).toEqual(['committed', 'committed', 'committed']);
      expect(await store().traffic(target)).toMatchObject({ generation: 1 });
    });

    it.each([
      ['an older intent', 0],
      ['an intent that there never was', 2],
    ])('is not intended on the ground of %s: a conflict that writes nothing', async (_name, generation) => {
      await store().commit([anAppend({})]);
      await store().commit([anIntent()]);

      const result = await store().commit([
        started(1),
        anIntent({ expectGeneration: generation, split: { blue: 0, green: 100 } }),
      ]);

      expect(result).toBe('conflict');
      expect(await store().traffic(target)).toMatchObject({ generation: 1, split: { blue: 90, green: 10 } });
      expect(await store().deployment(1)).toMatchObject({ version: 1 });
    });

    it('is intended by one of two at the same time', async () => {
      const results = await Promise.all([
        store().commit([anIntent()]),
        store().commit([anIntent({ split: { blue: 100, green: 0 } })]),
      ]);

      expect(results.toSorted()).toEqual(['committed', 'conflict']);
    });
  });
}
