import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { createStore } from '../../db/store.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import { pause } from '../../jobs/trouble.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeDeadManSwitch } from '../fakes/dead-man-switch.ts';
import { everybody } from '../fakes/everybody.ts';
import { FakeMetrics } from '../fakes/metrics.ts';
import { FakePlatform } from '../fakes/platform.ts';
import { FakeSmokeProbe } from '../fakes/smoke-probe.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { shopPolicy } from './shop.ts';

it('what does not get on may be tried far more often than a run may do operations', async () => {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const adapters = { store: createStore(database, { clock }), clock, policy: shopPolicy };
  const { probe } = new FakeSmokeProbe();
  const world = {
    ...adapters,
    platform: new FakePlatform(),
    sourceControl: new FakeSourceControl(),
    smokeProbe: probe,
    metrics: new FakeMetrics(clock),
    deadMan: new FakeDeadManSwitch(clock, () => undefined),
    people: everybody,
  };
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const driver = createEngineDriver(database, { clock });
  const engine = createEngine(driver, { clock, onError, onFenced: onError, pollMs: 60_000 });
  onTestFinished(async () => {
    const stopped = engine.stop({ grace: 0 });
    await clock.advance(0);
    await stopped;
    database.close();
  });
  let tries = 0;
  engine.define('tireless', 1, async (context) => {
    for (;;) {
      await context.operation('try', async () => ++tries);
      await pause(context, { name: 'pause', round: 0, deployment: 1 }, world);
    }
  });
  await engine.start();
  await engine.run('tireless', null, { id: 'r' });

  await clock.advance(3_000_000);

  expect(tries).toBeGreaterThan(2_500);
  expect(await engine.get('r')).toMatchObject({ status: 'active' });
  expect(errors).toEqual([]);
});
