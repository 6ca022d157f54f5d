import { describe, expect, it } from 'vitest';
import { createFollowWorld } from './follow-world.ts';
import type { Life } from './mortal.ts';

/** A push is told, the process dies at `end`, and another one takes up what was left; gives what was asked for. */
async function pushAndDie(end?: Life['end']): Promise<{ calls: number; asked: number; open: number }> {
  const world = await createFollowWorld();
  await world.look();
  const life = await world.start(end);
  const commit = world.push();
  // Of a dead process nothing comes back.
  const told = world.told({ commit }, life);
  await Promise.race([told, world.pass(5_000)]);
  await world.pass();
  const { calls } = life;
  life.isOver = true;
  await world.start();
  await world.takeUp();
  await world.look();
  await world.pass(60_000);
  const asked = await world.asked();
  expect(new Set(asked)).toEqual(new Set([commit]));
  const open = await world.openDeliveries();
  await world.close();
  return { calls, asked: asked.length, open };
}

describe('a push that was told to Forge', () => {
  it('is asked for once, wherever the process that deals with it is killed, also before it was kept', async () => {
    const { calls } = await pushAndDie();
    const wrong: string[] = [];

    for (let call = 1; call <= calls; call += 1) {
      for (const side of ['before', 'after'] as const) {
        const { asked, open } = await pushAndDie({ call, side });
        if (asked !== 1 || open !== 0)
          wrong.push(`killed ${side} call ${call}: ${asked} asked for, ${open} open`);
      }
    }

    expect(calls).toBeGreaterThan(4);
    expect(wrong).toEqual([]);
  }, 60_000);
});
