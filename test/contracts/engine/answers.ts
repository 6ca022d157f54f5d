import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { untilRun, type World } from '../engine.ts';
import { lostAttempt, outputOf } from './questions.ts';

/** What people may send to a question about an unknown outcome. */
export function answerContract(world: () => World): void {
  describe('an answer that says nothing an operation can take', () => {
    it('is reported, and leaves the question to the next answer', async () => {
      const { life } = await lostAttempt(world());

      await life.engine.signal('r', 'answer:0:1', { id: '1', by: 'U1', value: 'perhaps' });
      await eventually(() => world().errors.length > 0);
      const open = life.engine.questions().length;
      await life.engine.signal('r', 'answer:0:1', { id: '2', by: 'U1', value: { done: 'by hand' } });
      await untilRun(life.engine, 'r', 'done');

      expect(open).toBe(1);
      expect(await outputOf(life)).toBe('by hand');
      expect(world().errors.map(String)).toEqual([
        'Error: Run r cannot take "perhaps" as answer:0:1: send it "redo", "done", { "done": value } or "failed", with an id of its own',
      ]);
    });

    it.each([null, [], 'DONE', { redo: true }])(
      'does not keep the deadline from counting: %j',
      async (value) => {
        const { life } = await lostAttempt(world());
        await life.engine.signal('r', 'answer:0:1', { id: '1', by: 'U1', value });

        await world().clock.advance(60_000);

        await untilRun(life.engine, 'r', 'done');
        expect(await outputOf(life)).toBe('NobodyAnswered');
      },
    );
  });

  describe('a question', () => {
    it("is nobody's to ask once this process has stopped", async () => {
      const { life } = await lostAttempt(world());

      const stopped = life.engine.stop({ grace: 0 });
      await world().clock.advance(0);
      await stopped;

      expect(life.engine.questions()).toEqual([]);
    });
  });
}
