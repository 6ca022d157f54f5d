import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/runner/turns.ts';

const never = new AbortController().signal;

describe('turns', () => {
  it('are given in the order in which they were asked for', async () => {
    const turns = createTurns(1);
    const order: string[] = [];
    const first = await turns.take(never);
    const later = ['second', 'third'].map(async (name) => {
      const turn = await turns.take(never);
      order.push(name);
      turn.release();
    });

    first.release();
    await Promise.all(later);

    expect(order).toEqual(['second', 'third']);
  });

  it('are given up by whoever stops waiting', async () => {
    const turns = createTurns(1);
    const first = await turns.take(never);
    const tired = new AbortController();
    const given = turns.take(tired.signal);
    const patient = turns.take(never);

    tired.abort(new Error('no longer wanted'));
    first.release();

    await expect(given).rejects.toThrow('no longer wanted');
    expect((await patient).place).toBe(0);
  });

  it('are one for each place, however often one is released', async () => {
    const turns = createTurns(2);
    const first = await turns.take(never);
    await turns.take(never);

    first.release();
    first.release();
    const third = await turns.take(never);
    const stopped = new AbortController();
    const fourth = turns.take(stopped.signal);
    stopped.abort(new Error('still waiting'));

    expect(third.place).toBe(0);
    await expect(fourth).rejects.toThrow('still waiting');
  });
});
