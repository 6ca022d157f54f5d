import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { sql } from '../../db/drizzle.ts';
import { createStore } from '../../db/store.ts';
import { clock } from '../../src/clock.ts';
import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import type { Store } from '../../src/ports/store.ts';
import { type ForgeProgram, startProgram } from './forge-program.ts';
import { LONG, patiently } from './patiently.ts';
import { type ShopWorld, startShopWorld } from './shop-world.ts';

describe('Forge’s program, whose policy names a queue for schedules', () => {
  let world: ShopWorld;
  let forge: ForgeProgram;
  let database: Database;
  let store: Store;

  beforeEach(async () => {
    world = await startShopWorld();
    await start();
    database = openDatabase(world.databaseFile);
    store = createStore(database, { clock });
  });
  afterEach(async () => {
    await forge.kill();
    database.close();
    await world.stop();
  });

  async function start(): Promise<void> {
    forge = startProgram(world.environment);
    await forge.untilReady();
  }

  async function scheduled(words: string): Promise<Deployment> {
    await world.schedules(words);
    return patiently(async () => (await store.deployment(1)) ?? undefined);
  }

  async function until(isSo: (state: Deployment) => boolean): Promise<Deployment> {
    return patiently(async () => {
      const state = await store.deployment(1);
      return state !== undefined && isSo(state) ? state : undefined;
    });
  }

  /** Who rang the run that waits for the time. */
  function rungBy(): string[] {
    return database.orm
      .all<{ by: string }>(sql`SELECT by FROM signal WHERE run_id = 'prepare/1' ORDER BY position`)
      .map(({ by }) => by);
  }

  async function startedOnce(): Promise<void> {
    const { phase, startAt = 0, startedAt = 0 } = await until(isFinished);
    expect(phase.kind, forge.lines.join('\n')).toBe('succeeded');
    expect(startedAt).toBeGreaterThanOrEqual(startAt);
    const events = await store.events(1);
    expect(events.filter(({ event }) => event.type === 'started')).toHaveLength(1);
    expect(world.rollouts()).toBe(1);
    await patiently(() => world.pending().length === 0 && world.waiting().length === 0);
  }

  it(
    'sets a schedule of EventBridge, hears through the queue that it is due, and starts once',
    async () => {
      const { startAt = 0 } = await scheduled('api staging v1.1.0 in 8 seconds');
      const [pending] = await patiently(() => (world.pending().length > 0 ? world.pending() : undefined));

      expect(pending).toMatchObject({
        group: 'default',
        body: { version: 1, name: 'deployment/1', at: startAt, payload: { deployment: 1 } },
      });
      expect(pending?.fireAt).toBeGreaterThanOrEqual(startAt);

      await patiently(() => rungBy().includes('the driver of schedules'));
      await startedOnce();
    },
    LONG,
  );

  it(
    'starts once though it is killed before its time, is away at it, and is killed again while it deploys',
    async () => {
      await scheduled('api staging v1.1.0 in 8 seconds');
      await patiently(() => world.pending().length > 0);
      await forge.kill();
      // EventBridge fires all the same, and the signal waits.
      await patiently(() => world.waiting().length > 0);

      await start();
      await until(({ startedAt }) => startedAt !== undefined);
      await forge.kill();
      await start();

      await startedOnce();
    },
    LONG,
  );
});
