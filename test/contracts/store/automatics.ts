import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/ports/store.ts';
import { aPerson } from '../../builders.ts';
import type { StoreWorld } from '../store.ts';

const place = { service: 'api', environment: 'staging' };
const main = { ...place, ref: 'refs/heads/main' };
const commit = 'a'.repeat(40);

type Recorded = Extract<Change, { kind: 'record-followed' }>['followed'];

function recording(change: Partial<Recorded> = {}, after?: string): Change {
  const followed: Recorded = { id: 'P1', ...main, commit, outcome: 'requested', ...change };
  return { kind: 'record-followed', followed, after };
}

const holding: Extract<Change, { kind: 'hold-automatic' }> = {
  kind: 'hold-automatic',
  ...place,
  deployment: 143,
  by: aPerson,
  why: 'it broke',
};

/** What a store does with what is deployed without a person asking. */
export function automaticsContract({ store, clock }: StoreWorld): void {
  describe('what was followed', () => {
    it('is there as it was recorded, the newest of a ref', async () => {
      const more = { deployment: 7, login: 'octocat', says: 'It is so.' };
      expect(await store().nextFollowed()).toBe('P1');
      await store().commit([recording(more)]);
      await store().commit([recording({ id: 'P2', commit: 'b'.repeat(40), outcome: 'held' }, 'P1')]);
      await store().commit([recording({ id: 'P3', ref: 'refs/tags/v1' })]);

      expect(await store().followed('P1')).toEqual({
        ...{ id: 'P1', ...main, commit, outcome: 'requested', ...more },
        at: clock().now(),
      });
      expect(await store().lastFollowed(main)).toMatchObject({ id: 'P2', outcome: 'held' });
      expect((await store().followedIn(place)).map(({ id }) => id)).toEqual(['P2', 'P3']);
      expect(await store().followedIn({ ...place, environment: 'production' })).toEqual([]);
      expect(await store().nextFollowed()).toBe('P4');
    });

    it('has no commit where nobody could read it, and is then told apart', async () => {
      await store().commit([recording()]);
      await store().commit([recording({ id: 'P2', commit: '', outcome: 'not-deployed' }, 'P1')]);

      expect(await store().lastFollowed(main)).toMatchObject({ id: 'P2', commit: '' });
      expect(await store().lastRead(main)).toMatchObject({ id: 'P1', commit });
      expect((await store().followedIn(place)).map(({ id }) => id)).toEqual(['P1']);
      expect(await store().lastRead({ ...main, ref: 'refs/tags/v1' })).toBeUndefined();
    });

    it('is recorded once for what was followed before it', async () => {
      await store().commit([recording()]);

      expect(await store().commit([recording({ id: 'P2' })])).toBe('conflict');
      expect(await store().commit([recording({ id: 'P2' }, 'P9')])).toBe('conflict');
      expect(await store().commit([recording({ id: 'P1' }, 'P1')])).toBe('conflict');
      expect(await store().followed('P2')).toBeUndefined();
    });

    it('is not requested while the place is held', async () => {
      await store().commit([holding]);

      expect(await store().commit([recording()])).toBe('conflict');
      expect(await store().commit([recording({ outcome: 'held' })])).toBe('committed');
      expect(await store().commit([recording({ id: 'P2', environment: 'production' })])).toBe('committed');
    });
  });

  describe('a hold', () => {
    it('is in force until it is ended, once, and is remembered', async () => {
      await store().commit([holding]);
      const { id = '' } = (await store().automaticHold(place)) ?? {};
      expect(await store().automaticHolds()).toEqual([
        { id: 'H1', ...place, deployment: 143, by: aPerson, why: 'it broke', at: clock().now() },
      ]);
      const ending: Change = { kind: 'resume-automatic', hold: id, by: aPerson, why: 'mended' };

      expect(await store().commit([ending])).toBe('committed');
      expect(await store().commit([ending])).toBe('conflict');

      expect(await store().automaticHold(place)).toBeUndefined();
      expect(await store().hold(id)).toMatchObject({
        ended: { by: aPerson, why: 'mended', at: clock().now() },
      });
    });

    it('of a place that is held already changes nothing', async () => {
      await store().commit([holding]);

      expect(await store().commit([{ ...holding, deployment: 150 }])).toBe('committed');

      expect(await store().automaticHolds()).toMatchObject([{ id: 'H1', deployment: 143 }]);
    });
  });

  describe('what is to be followed', () => {
    it('is what runs of that place that are not over were started for, in the order they came', async () => {
      const input = { ...place, refs: [{ ref: main.ref, before: commit }], isTold: true };
      const start = { kind: 'start-run', job: 'follow' } as const;
      expect(await store().toFollow(place)).toEqual([]);

      await store().commit([
        { ...start, id: 'follow/2', input },
        { ...start, id: 'follow/1', input: { ...input, refs: [{ ref: 'refs/tags/v1' }] } },
        { ...start, id: 'follow/3', input: { ...input, environment: 'production' } },
        { ...start, id: 'follow/4', input: { ...place, written: 'by a later version' } },
        { ...start, id: 'another', job: 'recur', input },
      ]);
      await store().commit([{ ...start, id: 'follow/5', input: { ...input, isTold: false } }]);
      await store().commit([{ kind: 'abort-run', run: 'follow/5', by: 'U0MAYA', reason: 'over' }]);

      expect(await store().toFollow(place)).toEqual([input, { ...input, refs: [{ ref: 'refs/tags/v1' }] }]);
    });
  });

  describe('what the code host told', () => {
    it('of refs is the newest', async () => {
      expect(await store().seenRefs('acme/api')).toBeUndefined();

      await store().commit([{ kind: 'see-refs', repository: 'acme/api', refs: { a: '1' } }]);
      await store().commit([{ kind: 'see-refs', repository: 'acme/api', refs: { b: '2' } }]);

      expect(await store().seenRefs('acme/api')).toEqual({ b: '2' });
      expect(await store().seenRefs('acme/web')).toBeUndefined();
    });

    it('of a push is of exactly that ref and commit', async () => {
      const push = { repository: 'acme/api', ref: main.ref, commit };

      await store().commit([{ kind: 'keep-push', push: { ...push, login: 'sam', email: 's@acme.example' } }]);
      await store().commit([{ kind: 'keep-push', push: { ...push, login: 'octocat' } }]);

      expect(await store().toldPush(push)).toEqual({ ...push, login: 'octocat' });
      expect(await store().toldPush({ ...push, ref: 'refs/heads/other' })).toBeUndefined();
      expect(await store().toldPush({ ...push, commit: 'b'.repeat(40) })).toBeUndefined();
    });

    it('of a push is forgotten after 90 days, when another is told', async () => {
      const push = { repository: 'acme/api', ref: main.ref, commit };
      const days = (count: number) => count * 24 * 60 * 60_000;
      await store().commit([{ kind: 'keep-push', push: { ...push, email: 's@acme.example' } }]);

      await clock().advance(days(89));
      await store().commit([{ kind: 'keep-push', push: { ...push, commit: 'b'.repeat(40) } }]);
      expect(await store().toldPush(push)).toEqual({ ...push, email: 's@acme.example' });

      await clock().advance(days(2));
      await store().commit([{ kind: 'keep-push', push: { ...push, commit: 'c'.repeat(40) } }]);
      expect(await store().toldPush(push)).toBeUndefined();
      expect(await store().toldPush({ ...push, commit: 'b'.repeat(40) })).toBeDefined();
    });
  });
}
