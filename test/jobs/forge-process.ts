import type { Database } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import type { Engine } from '../../jobs/engine/engine.ts';
import { defineJobs } from '../../jobs/index.ts';
import { keepArmed } from '../../jobs/keep-armed.ts';
import { publishMessages } from '../../jobs/publish-messages.ts';
import { reconcile } from '../../jobs/reconcile.ts';
import type { World } from '../../jobs/world.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Adapters } from '../../src/use-cases/adapters.ts';
import type { FakeChat } from '../fakes/chat.ts';
import type { FakeDeadManSwitch } from '../fakes/dead-man-switch.ts';
import { everybody } from '../fakes/everybody.ts';
import type { FakeMetrics } from '../fakes/metrics.ts';
import type { FakeSmokeProbe } from '../fakes/smoke-probe.ts';
import { type Life, mortal, mortalDriver } from './mortal.ts';

export type ForgeProcess = { engine: Engine; life: Life };

type Surroundings = Adapters & {
  database: Database;
  chat: FakeChat;
  smoke: FakeSmokeProbe;
  metrics: FakeMetrics;
  deadMan: FakeDeadManSwitch;
  /** Jobs beside Forge's own. */
  define?: ((engine: Engine, world: World) => void) | undefined;
  /** Everything the engine reported, and every error or warning that was logged. */
  reports: string[];
};

/** Begins Forge's jobs and publishing on the database, as a process of their own that may die anywhere. */
export async function startForge(around: Surroundings, end?: Life['end']): Promise<ForgeProcess> {
  const life: Life = { isOver: false, calls: 0, names: [], ...(end === undefined ? {} : { end }) };
  const { reports, policy, database, clock } = around;
  const world = {
    policy,
    store: mortal(around.store, life),
    platform: mortal(around.platform, life),
    sourceControl: mortal(around.sourceControl, life),
    clock: mortal(clock, life),
    smokeProbe: mortal(around.smoke, life).probe,
    metrics: mortal(around.metrics, life),
    deadMan: mortal(around.deadMan, life),
    people: everybody,
    ...(around.codeHost === undefined ? {} : { codeHost: mortal(around.codeHost, life) }),
    ...(around.runner === undefined ? {} : { runner: mortal(around.runner, life) }),
  };
  const report = (error: unknown) => {
    reports.push(String(error));
  };
  const engine = createEngine(mortalDriver(createEngineDriver(database, { clock }), life), {
    clock: world.clock,
    // Whatever is written here pokes the engine, and polling would only cost time.
    pollMs: 60_000,
    onError: report,
    onFenced: report,
  });
  defineJobs(engine, world);
  around.define?.(engine, world);
  // Holds a key until it is told to go.
  engine.define('occupy', 1, async (context) => (await context.waitFor('go')).kind);
  const publisher = { ...world, chat: mortal(around.chat, life), people: nobodyElse, log: logTo(reports) };
  engine.whileLeading('publish', (signal) => publishMessages(publisher, signal));
  engine.whileLeading('reconcile', (signal) => reconcile(engine, world, signal));
  engine.whileLeading('keep armed', (signal) => keepArmed(world, signal));
  await engine.start();
  return { engine, life };
}

/** Who is asked for anything reads the channel. */
const nobodyElse = { membersOf: async () => [], inChannel: async () => new Set<string>() };

function logTo(reports: string[]): Log {
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>) => {
    reports.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { debug: () => undefined, info: () => undefined, warn: keep, error: keep };
}
