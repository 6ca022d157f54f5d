import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/ports/store.ts';
import { aRequestedEvent } from '../../builders.ts';
import type { StoreWorld } from '../store.ts';
import { anAppend, started, succeeded } from './appends.ts';

export function commitContract({ store, clock }: StoreWorld): void {
  describe('commit', () => {
    it('appends events and keeps who, when, why and what caused them', async () => {
      const result = await store().commit([anAppend({ why: 'it is Monday' })]);

      expect(result).toBe('committed');
      expect(await store().events(1)).toEqual([
        {
          deployment: 1,
          version: 1,
          at: clock().now(),
          by: { kind: 'job', run: 'test' },
          why: 'it is Monday',
          cause: 'request',
          event: aRequestedEvent(),
        },
      ]);
    });

    it('numbers the events of one append', async () => {
      await store().commit([anAppend({ events: [aRequestedEvent(), { type: 'checking' }] })]);

      const deployment = await store().deployment(1);

      expect(deployment).toMatchObject({ version: 2, phase: { kind: 'checking' } });
    });

    it('is a conflict when the version is not the expected one, and writes nothing', async () => {
      await store().commit([anAppend({})]);

      const result = await store().commit([
        anAppend({ deployment: 2 }),
        anAppend({ expect: 2, events: [{ type: 'checking' }], cause: 'late' }),
      ]);

      expect(result).toBe('conflict');
      expect(await store().deployment(2)).toBeUndefined();
      expect(await store().events(1)).toHaveLength(1);
    });

    it('is a conflict for the second of two who decided on the same version', async () => {
      await store().commit([anAppend({})]);
      const decided = (cause: string) =>
        store().commit([anAppend({ expect: 1, events: [{ type: 'checking' }], cause })]);

      expect([await decided('first'), await decided('second')]).toEqual(['committed', 'conflict']);
      expect(await store().events(1)).toHaveLength(2);
    });

    it('is a conflict when a deployment of that number exists', async () => {
      await store().commit([anAppend({})]);

      expect(await store().commit([anAppend({ cause: 'another request' })])).toBe('conflict');
      expect(await store().commit([anAppend({ cause: 'another request', expect: 'any' })])).toBe('conflict');
    });

    it('takes the version as it is for "any"', async () => {
      await store().commit([anAppend({})]);

      const result = await store().commit([
        anAppend({ expect: 'any', events: [{ type: 'checking' }], cause: 'c' }),
      ]);

      expect(result).toBe('committed');
    });

    it('writes a cause once, also when the version has moved on', async () => {
      await store().commit([anAppend({})]);
      await store().commit([anAppend({ expect: 1, events: [{ type: 'checking' }], cause: 'check' })]);

      const again = await store().commit([
        anAppend({ expect: 1, events: [{ type: 'checking' }], cause: 'check' }),
      ]);

      expect(again).toBe('already-committed');
      expect(await store().events(1)).toHaveLength(2);
    });

    it('writes two appends to one deployment in the order of the list', async () => {
      const result = await store().commit([
        anAppend({}),
        anAppend({ expect: 1, events: [{ type: 'checking' }], cause: 'second' }),
      ]);

      expect(result).toBe('committed');
      expect(await store().deployment(1)).toMatchObject({ version: 2 });
    });

    it('lets one deployment have effects on a service in an environment', async () => {
      await store().commit([anAppend({}), started(1)]);
      await store().commit([anAppend({ deployment: 2 })]);

      expect(await store().commit([started(2)])).toBe('conflict');
      expect(await store().deployment(2)).toMatchObject({ version: 1, phase: { kind: 'requested' } });
    });

    it('lets the next deployment have effects once the first has finished', async () => {
      await store().commit([anAppend({}), started(1), succeeded(1)]);

      const result = await store().commit([anAppend({ deployment: 2 }), started(2)]);

      expect(result).toBe('committed');
    });

    it('lets another environment have effects at the same time', async () => {
      await store().commit([anAppend({}), started(1)]);
      const elsewhere = aRequestedEvent({ environment: 'staging' });

      const result = await store().commit([anAppend({ deployment: 2, events: [elsewhere] }), started(2)]);

      expect(result).toBe('committed');
    });

    it('refuses the first event of a deployment that was never requested', async () => {
      await expect(
        store().commit([anAppend({ expect: 'any', events: [{ type: 'started' }] })]),
      ).rejects.toThrow('Deployment 1 does not exist');
      expect(await store().events(1)).toEqual([]);
    });

    it('refuses an append without events', async () => {
      await expect(store().commit([anAppend({ events: [] })])).rejects.toThrow('has no events');
    });

    it('is already committed when the arrival it finishes was finished before', async () => {
      await store().keepArrival({ id: 'click', kind: 'action', payload: {} });
      const finish: Change = { kind: 'finish-arrival', id: 'click', outcome: 'deployed' };

      const first = await store().commit([finish, anAppend({})]);
      const second = await store().commit([finish, anAppend({ deployment: 2 })]);

      expect([first, second]).toEqual(['committed', 'already-committed']);
      expect(await store().deployment(2)).toBeUndefined();
    });
  });
}
