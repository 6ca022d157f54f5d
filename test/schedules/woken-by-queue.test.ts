import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { sql } from '../../db/drizzle.ts';
import { createStore } from '../../db/store.ts';
import { APP_TOKEN, BOT_TOKEN } from '../../sandbox/slack/seed.ts';
import { type Assembled, assemble } from '../../src/assemble.ts';
import { type AwsClients, createAwsClients } from '../../src/aws/clients.ts';
import { readConfiguration } from '../../src/config.ts';
import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import { createLog } from '../../src/log.ts';
import { createCloudWatchMetrics } from '../../src/metrics/cloudwatch.ts';
import { createDeadManSwitch } from '../../src/platforms/ecs/dead-man-switch.ts';
import { createEcsPlatform } from '../../src/platforms/ecs/platform.ts';
import type { Store } from '../../src/ports/store.ts';
import { createEventBridgeDriver } from '../../src/schedules/event-bridge.ts';
import { createSlack } from '../../src/slack/slack.ts';
import { createSmokeProbe } from '../../src/smoke-probe.ts';
import { createEcrSourceControl } from '../../src/source-control/ecr.ts';
import { LONG, patiently } from './patiently.ts';
import { type ShopWorld, startShopWorld } from './shop-world.ts';
import { createTimers } from './timers.ts';

describe('Forge, none of whose own timers ends', () => {
  const timers = createTimers();
  const lines: string[] = [];
  let world: ShopWorld;
  let database: Database;
  let store: Store;
  let clients: AwsClients;
  let forge: Assembled;

  beforeEach(async () => {
    world = await startShopWorld();
    Object.assign(process.env, world.environment);
    const configuration = await readConfiguration(world.environment);
    if (configuration.kind === 'invalid') throw new Error(configuration.problems.join('\n'));
    const { policy } = configuration;
    if (policy.schedules === undefined) throw new Error('The policy names no queue');
    const log = createLog('debug', (line) => lines.push(line));
    database = openDatabase(world.databaseFile);
    store = createStore(database, { clock: timers });
    clients = createAwsClients();
    const sourceControl = createEcrSourceControl({ policy, clients });
    const slack = createSlack({
      ...{ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: `${world.origin}/api/` },
      ...{ clock: timers, log },
    });
    const ready = Promise.withResolvers<void>();
    forge = assemble({
      ...{ policy, sourceControl, database, log, clock: timers },
      platform: createEcsPlatform({
        ...{ policy, clients },
        describeImage: (request, options) => sourceControl.describe(request, options),
      }),
      slack: {
        ...slack,
        async start(reception) {
          await slack.start(reception);
          ready.resolve();
        },
      },
      smokeProbe: createSmokeProbe({ secret: () => undefined }),
      metrics: createCloudWatchMetrics({ policy, clients }),
      deadMan: createDeadManSwitch({ policy, clients, now: timers.now }),
      scheduleDriver: createEventBridgeDriver({ policy: policy.schedules, clients, clock: timers, log }),
      ...{ onFenced: ready.reject, onDamaged: ready.reject, onRefused: ready.reject },
    });
    await forge.start();
    await ready.promise;
  });
  afterEach(async () => {
    timers.goOn();
    await forge.stop();
    clients.destroy();
    database.close();
    await world.stop();
  });

  async function until(isSo: (state: Deployment) => boolean): Promise<Deployment> {
    return patiently(async () => {
      const state = await store.deployment(1);
      return state !== undefined && isSo(state) ? state : undefined;
    });
  }

  it(
    'starts what is scheduled when the queue says that it is due',
    async () => {
      await world.schedules('api staging v1.1.0 in 8 seconds');
      await until(({ phase }) => phase.kind === 'waiting' && phase.for === 'schedule');
      await patiently(() => world.pending().length > 0);
      timers.stop();

      const { startAt = 0, startedAt = 0 } = await until((state) => state.startedAt !== undefined);
      const rungBy = database.orm.all(sql`SELECT by FROM signal WHERE run_id = 'prepare/1'`);
      timers.goOn();

      // Nor did the minute tick, whose clock is another one.
      expect(rungBy).toEqual([{ by: 'the driver of schedules' }]);

      expect(startedAt, lines.join('\n')).toBeGreaterThanOrEqual(startAt);
      expect((await until(isFinished)).phase.kind).toBe('succeeded');
    },
    LONG,
  );
});
