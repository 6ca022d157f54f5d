import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/domain/actor.ts';
import type { RestrictionChange } from '../../../src/ports/restrictions.ts';
import type { StoreWorld } from '../store.ts';

type PlaceFreeze = Extract<RestrictionChange, { kind: 'place-freeze' }>;
type PlaceLock = Extract<RestrictionChange, { kind: 'place-lock' }>;

const ravi: Actor = { kind: 'person', userId: 'U0RAVI', via: 'command' };
const lena: Actor = { kind: 'person', userId: 'U0LENA', via: 'button' };
const HOUR = 3_600_000;

export function restrictionsContract({ store, clock }: StoreWorld): void {
  const later = (hours: number) => clock().now() + hours * HOUR;

  function aFreeze(change: Partial<PlaceFreeze['freeze']> = {}): PlaceFreeze {
    const times = { from: later(1), until: later(2) };
    const freeze = { id: 'F1', scope: {}, owner: 'U0RAVI', reason: 'the sale', ...times, ...change };
    return { kind: 'place-freeze', freeze, by: ravi };
  }

  function aLock(change: Partial<PlaceLock['lock']> = {}): PlaceLock {
    const base = { id: 'L1', environment: 'production', owner: 'U0RAVI', reason: 'a leak', until: later(2) };
    return { kind: 'place-lock', lock: { ...base, ...change }, by: ravi };
  }

  describe('freezes', () => {
    it('are ahead until they end, by when they begin', async () => {
      const scope = { services: ['api'], environments: ['production'] };
      await store().commit([aFreeze({ from: later(1.5) }), aFreeze({ id: 'F2', scope })]);

      expect(await store().freezesAhead(clock().now())).toEqual([
        { ...aFreeze({ id: 'F2', scope }).freeze, placedAt: clock().now() },
        { ...aFreeze({ from: later(1.5) }).freeze, placedAt: clock().now() },
      ]);
      expect(await store().freezesAhead(later(2) - 1)).toHaveLength(2);
      expect(await store().freezesAhead(later(2))).toEqual([]);
    });

    it('get one id after the other, and the one who takes it first has it', async () => {
      expect(await store().nextFreeze()).toBe('F1');
      await store().commit([aFreeze()]);

      expect(await store().nextFreeze()).toBe('F2');
      expect(await store().commit([aFreeze({ reason: 'another' })])).toBe('conflict');
      expect(await store().freeze('F1')).toMatchObject({ reason: 'the sale' });
    });

    it('that are lifted stay on record, with who did it and why', async () => {
      await store().commit([aFreeze()]);
      await store().commit([{ kind: 'lift-freeze', id: 'F1', by: lena, why: 'it is over' }]);
      const at = clock().now();

      expect(await store().freezesAhead(at)).toEqual([]);
      expect(await store().freeze('F1')).toMatchObject({ lifted: { at, by: lena, why: 'it is over' } });
      const { owner, reason, scope, from, until } = aFreeze().freeze;
      expect(await store().restrictionRecords('F1')).toEqual([
        {
          ...{ restriction: 'F1', version: 1, at, by: ravi },
          event: { type: 'freeze-placed', owner, reason, scope, from, until },
        },
        { restriction: 'F1', version: 2, at, by: lena, why: 'it is over', event: { type: 'freeze-lifted' } },
      ]);
    });

    it('are lifted once, and not after they have ended', async () => {
      await store().commit([aFreeze(), aFreeze({ id: 'F2' })]);
      const lift = (id: string) => store().commit([{ kind: 'lift-freeze', id, by: lena }]);

      expect([await lift('F1'), await lift('F1')]).toEqual(['committed', 'conflict']);
      await clock().advance(2 * HOUR);
      expect(await lift('F2')).toBe('conflict');
      expect(await lift('F9')).toBe('conflict');
    });

    it('are placed once by one arrival, however often it comes', async () => {
      await store().keepArrival({ id: 'A1', kind: 'command', payload: {} });
      const finish = { kind: 'finish-arrival', id: 'A1', outcome: 'freeze' } as const;

      expect(await store().commit([aFreeze(), finish])).toBe('committed');
      expect(await store().commit([aFreeze({ id: 'F2' }), finish])).toBe('already-committed');
      expect(await store().freeze('F2')).toBeUndefined();
    });

    it.each(['', 'F', 'F0', 'L1', 'f1', 'F1 ', 'F99999999999'])('named “%s” are unknown', async (id) => {
      await store().commit([aFreeze()]);

      expect(await store().freeze(id)).toBeUndefined();
    });
  });

  describe('locks', () => {
    it('are there until they end', async () => {
      await store().commit([aLock({ service: 'api' })]);
      const lock = { ...aLock({ service: 'api' }).lock, placedAt: clock().now(), version: 1 };

      expect(await store().locksAt(clock().now())).toEqual([lock]);
      expect(await store().lock('L1')).toEqual(lock);
      expect(await store().locksAt(later(2))).toEqual([]);
    });

    it.each([
      ['the same place', {}, {}],
      ['a service of it', {}, { service: 'api' }],
      ['all of it', { service: 'api' }, {}],
    ])('are refused where another holds %s', async (_what, held, asked) => {
      await store().commit([aLock(held)]);

      expect(await store().commit([aLock({ id: 'L2', owner: 'U0LENA', ...asked })])).toBe('conflict');
      expect(await store().nextLock()).toBe('L2');
      expect(await store().restrictionRecords('L2')).toEqual([]);
    });

    it('stand side by side on different services and environments', async () => {
      const locks = [
        aLock({ service: 'api' }),
        aLock({ id: 'L2', service: 'web' }),
        aLock({ id: 'L3', environment: 'staging' }),
      ];

      expect(await store().commit(locks)).toBe('committed');
      expect(await store().locksAt(clock().now())).toHaveLength(3);
    });

    it('may follow one that ended or was released', async () => {
      await store().commit([aLock()]);
      await clock().advance(2 * HOUR);
      expect(await store().commit([aLock({ id: 'L2', until: later(2) })])).toBe('committed');
      await store().commit([{ kind: 'release-lock', id: 'L2', expectVersion: 1, by: ravi }]);

      expect(await store().commit([aLock({ id: 'L3', until: later(2) })])).toBe('committed');
    });

    it('are handed over once: who decided on how it was before comes too late', async () => {
      await store().commit([aLock()]);
      const hand = (to: string, expectVersion: number) =>
        store().commit([
          { kind: 'hand-over-lock', id: 'L1', expectVersion, to, until: later(3), by: ravi, why: 'lunch' },
        ]);

      expect(await hand('U0LENA', 1)).toBe('committed');
      expect(await hand('U0MAYA', 1)).toBe('conflict');
      const late = { kind: 'release-lock', id: 'L1', expectVersion: 1, by: ravi } as const;
      expect(await store().commit([late])).toBe('conflict');
      expect(await store().lock('L1')).toMatchObject({ owner: 'U0LENA', version: 2, until: later(3) });
      expect((await store().restrictionRecords('L1'))[1]).toEqual({
        ...{ restriction: 'L1', version: 2, at: clock().now(), by: ravi, why: 'lunch' },
        event: { type: 'lock-handed-over', from: 'U0RAVI', to: 'U0LENA', until: later(3) },
      });
    });

    it('are prolonged and released, with who did it on record', async () => {
      await store().commit([aLock()]);
      await store().commit([{ kind: 'prolong-lock', id: 'L1', expectVersion: 1, until: later(5), by: ravi }]);
      expect(await store().locksAt(later(4))).toHaveLength(1);
      await store().commit([{ kind: 'release-lock', id: 'L1', expectVersion: 2, by: lena, why: 'done' }]);

      expect(await store().locksAt(clock().now())).toEqual([]);
      expect(await store().lock('L1')).toMatchObject({
        released: { at: clock().now(), by: lena, why: 'done' },
      });
      const records = await store().restrictionRecords('L1');
      expect(records.map(({ event, by }) => [event.type, by])).toEqual([
        ['lock-placed', ravi],
        ['lock-prolonged', ravi],
        ['lock-released', lena],
      ]);
    });

    it('that are over change no more', async () => {
      await store().commit([aLock()]);
      await clock().advance(2 * HOUR);
      const prolong = {
        kind: 'prolong-lock',
        id: 'L1',
        expectVersion: 1,
        until: later(5),
        by: ravi,
      } as const;

      expect(await store().commit([prolong])).toBe('conflict');
    });
  });

  describe('announcements', () => {
    const base = { about: 'F1', tells: 'freeze-soon', channel: 'C0DEPLOYS' } as const;
    const announce = (id: string, notBefore: number) =>
      ({ kind: 'announce', announcement: { id, ...base, notBefore, staleAt: later(9) } }) as const;

    it('are due from their time on until they are sent or dropped, the oldest first', async () => {
      const now = clock().now();
      const planned = [announce('b', now), announce('a', now - 1), announce('c', now + 1)];
      await store().commit(planned);
      const due = async (at: number) => (await store().announcementsDue(at)).map(({ id }) => id);

      expect(await due(now)).toEqual(['a', 'b']);
      await store().updateAnnouncement('a', { state: 'sending', attempts: 1 });
      expect(await due(now + 1)).toEqual(['a', 'b', 'c']);
      await store().updateAnnouncement('a', { state: 'sent', ts: '1.2' });
      await store().updateAnnouncement('b', { state: 'dropped', problem: 'gone' });
      expect(await due(now + 1)).toEqual(['c']);
      expect((await store().announcements('F1'))[0]).toEqual({
        ...{ id: 'a', ...base, state: 'sent', ts: '1.2', attempts: 1 },
        ...{ notBefore: now - 1, staleAt: later(9) },
      });
    });

    it('of one id are kept once, as they were', async () => {
      await store().commit([announce('a', 5)]);

      expect(await store().commit([announce('a', 6)])).toBe('committed');
      expect((await store().announcements('F1')).map(({ notBefore }) => notBefore)).toEqual([5]);
    });

    it('that nobody began to post are withdrawn, and the others stay', async () => {
      await store().commit([announce('a', 1), announce('b', 2)]);
      await store().updateAnnouncement('a', { state: 'sending' });
      await store().commit([{ kind: 'withdraw-announcements', about: 'F1', because: 'it was lifted' }]);

      expect(await store().announcements('F1')).toMatchObject([
        { id: 'a', state: 'sending' },
        { id: 'b', state: 'dropped', problem: 'it was lifted' },
      ]);
    });
  });
}
