import { describe, expect, it } from 'vitest';
import { CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { person } from './forge-world.ts';
import type { Life } from './mortal.ts';
import { callsToDieAt } from './schedule-world.ts';
import { createShipWorld, type ShipWorld } from './ship-world.ts';

/** A branch’s whole life, in which the process dies at one of its calls; how many there were. */
async function played(end?: Life['end']): Promise<number> {
  const world = createShipWorld();
  try {
    const life = await world.start(end);
    await world.ship();
    await live(world);
    expect({ end, died: life.isOver }).toEqual({ end, died: end !== undefined });
    return life.calls;
  } finally {
    await world.close();
  }
}

async function live(world: ShipWorld): Promise<void> {
  await world.followed();
  world.web.review(1, 'lena', 'approved');
  await world.ready();
  await world.merge(person());
  const { merged } = await world.phase('deploying');
  world.built(merged?.commit ?? '');
  await world.phase('finished');
  await world.until(() => true);
  await world.pass(20_000);

  const merges = world.web.pulls.all().filter(({ state }) => state === 'merged');
  expect(world.web.pulls.all()).toHaveLength(1);
  expect(merges).toHaveLength(1);
  expect(world.web.history.branches.get('main')).toBe(merges[0]?.mergeCommit);
  expect(await world.store.history({ limit: 10 })).toHaveLength(1);
  const types = await world.types();
  for (const once of ['opened', 'merged', 'deployed', 'finished']) {
    expect({ once, times: types.filter((type) => type === once).length }).toEqual({ once, times: 1 });
  }
  expect(world.chat.messages()).toHaveLength(1);
  expect(new Set(world.thread()).size).toBe(world.thread().length);
  expect(world.reports).toEqual([]);
}

describe('a branch that is shipped', () => {
  it.each([
    ['before', 1],
    ['after', 4],
  ] as const)(
    'has one pull request, one merge and one deployment though Forge is killed %s any of its calls',
    async (side, offset) => {
      const calls = await played();
      expect(calls).toBeGreaterThan(40);

      for (const call of callsToDieAt(calls, offset)) await played({ call, side });
    },
    600_000,
  );

  it.each(['createPullRequest', 'merge', 'addLabels', 'askReviewers', 'describePullRequest'] as const)(
    'has one of each though nobody knows whether %s happened',
    async (method) => {
      const world = createShipWorld();
      try {
        world.host.failNext(method, new CodeHostUnavailable('GitHub did not answer.'), 'after');
        await world.start();
        await world.ship();
        await live(world);
      } finally {
        await world.close();
      }
    },
  );
});
