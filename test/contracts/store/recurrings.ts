import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/ports/store.ts';
import { aPerson } from '../../builders.ts';
import type { StoreWorld } from '../store.ts';

type Saved = Extract<Change, { kind: 'save-recurring' }>['recurring'];

function saving(change: Partial<Saved> = {}): Change {
  return {
    kind: 'save-recurring',
    recurring: {
      ...{ id: 'R1', service: 'api', environment: 'staging', cron: '0 2 * * *', zone: 'UTC' },
      ...{ owner: 'U0MAYA', nextAt: 1_000 },
      ...change,
    },
  };
}

const advancing = (from: number, to: number, problem?: string): Change => ({
  ...{ kind: 'advance-recurring', id: 'R1', from, to },
  ...(problem === undefined ? {} : { problem }),
});
const cancelling: Change = { kind: 'cancel-recurring', id: 'R1', by: aPerson, why: 'no more' };

/** What a store does with what recurs. */
export function recurringsContract({ store, clock }: StoreWorld): void {
  describe('what recurs', () => {
    it('is there as it was saved, until it is cancelled', async () => {
      await store().commit([saving({ ref: 'main', strategy: 'canary', reason: 'every night' })]);

      expect(await store().recurrings()).toEqual([
        {
          ...{ id: 'R1', service: 'api', environment: 'staging', cron: '0 2 * * *', zone: 'UTC' },
          ...{ ref: 'main', strategy: 'canary', reason: 'every night', owner: 'U0MAYA', nextAt: 1_000 },
          placedAt: clock().now(),
        },
      ]);
      await store().commit([cancelling]);
      expect(await store().recurrings()).toEqual([]);
      expect(await store().recurring('R1')).toMatchObject({
        cancelled: { by: aPerson, at: clock().now(), why: 'no more' },
      });
    });

    it('gets one id after the other, and the one who takes it first has it', async () => {
      expect(await store().nextRecurring()).toBe('R1');
      await store().commit([saving()]);

      expect(await store().nextRecurring()).toBe('R2');
      expect(await store().commit([saving({ service: 'worker' })])).toBe('conflict');
      expect(await store().recurring('R1')).toMatchObject({ service: 'api' });
    });

    it('goes on to its next time once', async () => {
      await store().commit([saving()]);

      expect(await store().commit([advancing(1_000, 2_000)])).toBe('committed');
      expect(await store().commit([advancing(1_000, 3_000)])).toBe('conflict');
      expect(await store().recurring('R1')).toMatchObject({ nextAt: 2_000 });
    });

    it('remembers why it did not come about the last time it did not', async () => {
      await store().commit([saving()]);

      await store().commit([advancing(1_000, 2_000, 'There was nothing to do.')]);

      expect(await store().recurring('R1')).toMatchObject({
        problem: { at: clock().now(), reason: 'There was nothing to do.' },
      });
    });

    it('that is cancelled goes on no more, and is cancelled once', async () => {
      await store().commit([saving(), cancelling]);

      expect(await store().commit([advancing(1_000, 2_000)])).toBe('conflict');
      expect(await store().commit([cancelling])).toBe('conflict');
    });
  });
}
