import { openDatabase } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { createStore } from '../../db/store.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import { defineJobs } from '../../jobs/index.ts';
import { publishShipments } from '../../jobs/publishing/publish-shipments.ts';
import { reconcile } from '../../jobs/reconcile.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import type { CheckPolicy } from '../../src/domain/check.ts';
import type { GithubPolicy, Policy, ServicePolicy } from '../../src/domain/policy.ts';
import type { Shipment } from '../../src/domain/shipment.ts';
import type { CodeHost } from '../../src/ports/code-host.ts';
import { shipBranch } from '../../src/use-cases/ship.ts';
import { askMerge, cancelShipment, retryShipment } from '../../src/use-cases/steer-shipment.ts';
import { aPeoplePolicy, aPolicy } from '../builders.ts';
import { FakeChat } from '../fakes/chat.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { createFakeCommandRunner } from '../fakes/command-runner.ts';
import { FakeDeadManSwitch } from '../fakes/dead-man-switch.ts';
import { everybody } from '../fakes/everybody.ts';
import { silentLog } from '../fakes/log.ts';
import { FakeMetrics } from '../fakes/metrics.ts';
import { FakePlatform } from '../fakes/platform.ts';
import { FakeSmokeProbe } from '../fakes/smoke-probe.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { person } from './forge-world.ts';
import { type Life, mortal, mortalDriver } from './mortal.ts';
import { checkout, europe, releaseOf, staging, stock, timing } from './shop.ts';

const unitTests: CheckPolicy = {
  name: 'Unit tests',
  kind: 'command',
  run: 'npm test',
  within: 600_000,
  installWithin: 300_000,
  outputLimit: 1_000_000,
};

export const ship: GithubPolicy['ship'] = {
  ...{ base: 'main', labels: ['refactoring'], reviewers: ['lena'], merge: 'squash', reviews: 1 },
};

export type ShipWorld = ReturnType<typeof createShipWorld>;

type Options = {
  ship?: Partial<GithubPolicy['ship']>;
  service?: Partial<ServicePolicy>;
  policy?: Partial<Policy>;
  /** Another code host than the one in memory. What it answers takes time of its own. */
  real?: { codeHost: CodeHost; breathe: () => Promise<void> };
  /** What nobody works on is looked after. */
  reconciles?: boolean;
};

const deployers = aPeoplePolicy({ everyone: 'viewer', roles: { deployer: ['U0MAYA'] } });

/** One in which Forge runs and ships feature/banner. */
export async function startShipWorld(options?: Options): Promise<ShipWorld> {
  const world = createShipWorld(options);
  await world.start();
  await world.ship();
  return world;
}

/** A service whose branch feature/banner is one commit ahead of main, Forge’s jobs and messages, and a code host to ship it with. */
export function createShipWorld({
  ship: changed = {},
  service = {},
  policy: more = {},
  real,
  reconciles = false,
}: Options = {}) {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const host = new FakeCodeHost(() => clock.now());
  const runner = createFakeCommandRunner();
  const chat = new FakeChat(() => clock.now());
  const platform = new FakePlatform();
  const sourceControl = new FakeSourceControl();
  const smoke = new FakeSmokeProbe();
  const shipped: ServicePolicy = { ...checkout, checks: [unitTests], ...service };
  const policy = aPolicy({
    ...{ services: [shipped], environments: [staging], timing, people: deployers },
    github: { people: { maya: 'U0MAYA' }, ship: { ...ship, ...changed } },
    ...more,
  });
  stock(platform, sourceControl);
  const web = host.repository(shipped.repository);
  web.push('main', { files: { 'index.js': 'one', 'test/index.test.js': 'one' }, message: 'Begin' });
  const first = web.push(
    'feature/banner',
    { files: { 'index.js': 'two', 'test/index.test.js': 'two' }, message: 'Show a banner' },
    'main',
  );
  const codeHost = real?.codeHost ?? host;
  const adapters = { policy, store, platform, sourceControl, clock, codeHost, runner };
  const reports: string[] = [];
  let life: Life = { isOver: true, calls: 0 };
  let stop: (() => Promise<void>) | undefined;

  /** Begins a process; it may die at a call that `end` names. */
  async function start(end?: Life['end']): Promise<Life> {
    const begun: Life = { isOver: false, calls: 0, ...(end === undefined ? {} : { end }) };
    life = begun;
    const reached = { store: mortal(store, begun), clock: mortal(clock, begun) };
    const report = (error: unknown) => reports.push(String(error));
    const engine = createEngine(mortalDriver(createEngineDriver(database, { clock }), begun), {
      ...{ clock: reached.clock, pollMs: 60_000, onError: report, onFenced: report },
    });
    const reach = {
      ...{ ...reached, policy, platform: mortal(platform, begun), people: everybody },
      ...{
        sourceControl: mortal(sourceControl, begun),
        codeHost: mortal(codeHost, begun),
        runner: mortal(runner, begun),
      },
      smokeProbe: smoke.probe,
      metrics: new FakeMetrics(clock),
      deadMan: new FakeDeadManSwitch(clock, () => undefined),
    };
    defineJobs(engine, reach);
    if (reconciles) engine.whileLeading('reconcile', (signal) => reconcile(engine, reach, signal));
    const publisher = { ...reached, policy, chat: mortal(chat, begun), log: silentLog };
    engine.whileLeading('publish shipments', (signal) => publishShipments(publisher, signal));
    stop = () => engine.stop({ grace: 0 });
    await engine.start();
    return begun;
  }

  async function shipment(id = 'S1'): Promise<Shipment> {
    const found = await store.shipment(id);
    if (found === undefined) throw new Error(`There is no ${id}`);
    return found;
  }

  /** Moves time on until it is so; a process that died is followed by another. */
  async function until(isSo: (now: Shipment) => boolean, { within = 1_200_000 } = {}): Promise<Shipment> {
    for (const end = clock.now() + within; clock.now() < end; await clock.advance(500)) {
      if (life.isOver) await start();
      await real?.breathe();
      const state = await shipment();
      if (isSo(state)) return state;
    }
    throw new Error(`It did not come to pass: ${JSON.stringify(await shipment())}\n${reports.join('\n')}`);
  }

  async function stopProcess(): Promise<void> {
    const stopped = life.isOver ? undefined : stop?.();
    await clock.advance(0);
    await stopped;
    life.isOver = true;
  }

  const followed = () => until(({ phase, standing }) => phase.kind === 'following' && standing !== undefined);
  const ready = () => until(({ standing }) => standing?.lacks.length === 0);

  return {
    ...{
      clock,
      database,
      store,
      host,
      web,
      runner,
      chat,
      platform,
      sourceControl,
      policy,
      reports,
      first,
      adapters,
    },
    ...{ start, shipment, until },
    lives: () => !life.isOver,
    phase: (kind: Shipment['phase']['kind']) => until(({ phase }) => phase.kind === kind),
    /** The pull request is open and GitHub was looked at. */
    ...{ followed, ready },
    /** Lena has approved it, and GitHub has had the time to begin its checks. */
    async readyToMerge(): Promise<void> {
      await followed();
      web.review(1, 'lena', 'approved');
      await ready();
    },
    pass: (milliseconds: number) => clock.advance(milliseconds),
    ship: (branch = 'feature/banner', by = person()) =>
      shipBranch({ service: shipped, branch }, by, adapters),
    merge: async (by = person()) => askMerge({ shipment: 'S1', head: (await shipment()).head }, by, adapters),
    retry: () => retryShipment({ shipment: 'S1' }, person(), adapters),
    cancel: () => cancelShipment({ shipment: 'S1', why: 'not now' }, person(), adapters),
    /** The image of a commit of main is there. */
    built(commit: string): void {
      const { digests } = releaseOf('v7.7.7');
      sourceControl.add({
        release: { service: shipped.name, commit, version: commit.slice(0, 12), digests },
        branch: 'main',
      });
    },
    region: europe,
    async types(): Promise<string[]> {
      return (await store.shipmentEvents('S1')).map(({ event }) => event.type);
    },
    /** What stands in Slack now, in plain text. */
    said: (): string =>
      chat
        .messages()
        .map(({ message }) => plainText(message.blocks).join('\n'))
        .join('\n'),
    thread: (): string[] => chat.messages().flatMap(({ ts }) => chat.thread(ts)),
    stop: stopProcess,
    async close(): Promise<void> {
      await stopProcess();
      await clock.advance(1_000);
      database.close();
    },
  };
}
