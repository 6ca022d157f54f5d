import { openDatabase } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { createStore } from '../../db/store.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import { follow } from '../../jobs/follow.ts';
import { watch } from '../../jobs/watch-refs.ts';
import type { World } from '../../jobs/world.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { EnvironmentPolicy, Policy, ServicePolicy } from '../../src/domain/policy.ts';
import type { CodeHost } from '../../src/ports/code-host.ts';
import { DELIVERY_KIND, type PushDelivery } from '../../src/ports/delivery.ts';
import type { FollowInput } from '../../src/use-cases/follow-run.ts';
import { createDeliveryDesk, takeUpDeliveries } from '../../src/use-cases/take-delivery.ts';
import { anEnvironmentPolicy, aPolicy, aRelease, aRun, aServicePolicy } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { FakeDeadManSwitch } from '../fakes/dead-man-switch.ts';
import { everybody } from '../fakes/everybody.ts';
import { silentLog } from '../fakes/log.ts';
import { FakeMetrics } from '../fakes/metrics.ts';
import { FakePlatform } from '../fakes/platform.ts';
import { FakeSmokeProbe } from '../fakes/smoke-probe.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { type Life, mortal, mortalDriver } from './mortal.ts';

export const ZEROS = '0'.repeat(40);
const europe = 'eu-west-1';
/** Time passes in such steps, each of which wakes whoever is due in it: shorter ones show no more and take longer. Milliseconds. */
const STEP = 5_000;

export const staging: EnvironmentPolicy = anEnvironmentPolicy({
  ...{ name: 'staging', channel: 'C0STAGING', regions: [europe], triggers: { push: 'main' } },
});
export const production: EnvironmentPolicy = anEnvironmentPolicy({
  ...{ channel: 'C0PRODUCTION', regions: [europe], triggers: { tag: 'v*' } },
  approvals: { needs: [{ from: 'approver', count: 1 }], within: 3_600_000, emergencyAlone: false },
});
const api: ServicePolicy = aServicePolicy({
  ...{ name: 'api', title: 'API', repository: 'acme/api' },
  runs: { staging: [aRun({ region: europe })], production: [aRun({ region: europe })] },
});
export const followPolicy: Policy = aPolicy({
  services: [api],
  environments: [staging, production],
  github: {
    triggers: { kind: 'webhook' },
    people: { octocat: 'U0SAM' },
    ship: { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 },
  },
});

export type FollowWorld = Awaited<ReturnType<typeof createFollowWorld>>;

/** The job that follows refs on a real database, in a world whose time and repository a test moves; what it asks for is not begun. */
export async function createFollowWorld(policy: Policy = followPolicy, host?: CodeHost) {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const platform = new FakePlatform();
  const sourceControl = new FakeSourceControl();
  const codeHost = new FakeCodeHost(() => clock.now());
  const repository = codeHost.repository('acme/api');
  const addresses = new Map<string, string[]>();
  const people = { ...everybody, membersOf: async (subject: string) => addresses.get(subject) ?? [] };
  const log = silentLog;
  const world: World = {
    ...{ policy, store, platform, sourceControl, clock, people, codeHost: host ?? codeHost },
    smokeProbe: new FakeSmokeProbe().probe,
    metrics: new FakeMetrics(clock),
    deadMan: new FakeDeadManSwitch(clock, () => undefined),
  };
  const reports: string[] = [];
  let life: Life = { isOver: true, calls: 0 };
  let engine: ReturnType<typeof createEngine> | undefined;
  let deliveries = 0;

  for (const environment of ['staging', 'production']) {
    platform.give({ service: 'api', environment, region: europe }, { version: 'v0.1.0' });
  }

  async function start(end?: Life['end']): Promise<Life> {
    const begun: Life = { isOver: false, calls: 0, ...(end === undefined ? {} : { end }) };
    life = begun;
    const reached = { ...world, store: mortal(store, begun), clock: mortal(clock, begun) };
    engine = createEngine(mortalDriver(createEngineDriver(database, { clock }), begun), {
      ...{ clock: reached.clock, pollMs: 60_000 },
      onError: (error) => reports.push(String(error)),
      onFenced: (error) => reports.push(String(error)),
    });
    engine.define<FollowInput, undefined>('follow', 1, async (context) => {
      await follow(context, reached);
      return undefined;
    });
    engine.define('prepare', 1, async () => null);
    await engine.start();
    return begun;
  }

  async function stop(): Promise<void> {
    const stopped = life.isOver ? undefined : engine?.stop({ grace: 0 });
    await clock.advance(0);
    await stopped;
    life.isOver = true;
  }

  /** An image of a commit, as its build pushes it. */
  function build(commit: string, version = commit.slice(0, 12)): void {
    const digests = { [europe]: `sha256:${commit}${commit.slice(0, 24)}` };
    sourceControl.add({ release: aRelease({ service: 'api', version, commit, digests }), branch: 'main' });
  }

  /** Somebody pushes a commit whose image is there. */
  function push(branch = 'main', from?: string): string {
    const commit = repository.push(
      branch,
      { author: { name: 'Maya Chen', email: 'maya@acme.example' } },
      from,
    );
    build(commit);
    return commit;
  }

  function delivery(change: Partial<PushDelivery> & { commit: string }): { id: string; push: PushDelivery } {
    deliveries += 1;
    const { commit } = change;
    const said = `said/${deliveries}`;
    const told = { ref: 'refs/heads/main', before: 'a'.repeat(40), after: commit, login: 'octocat', said };
    return {
      id: `github/${deliveries}`,
      push: { event: 'push', repository: 'acme/api', ...told, ...change },
    };
  }

  const desk = (by?: Life) =>
    createDeliveryDesk({ store: by === undefined ? store : mortal(store, by), policy, clock, log });

  /** GitHub tells of a push; whatever it has Forge do is not awaited. With `by`, the process of that life is told. */
  async function told(change: Partial<PushDelivery> & { commit: string }, by?: Life): Promise<void> {
    const { id, push: pushed } = delivery(change);
    if (await desk(by).keep({ id, told: pushed })) await desk(by).process(id);
  }

  async function all(): Promise<Deployment[]> {
    return (await store.history({ limit: 50 })).toReversed();
  }

  return {
    ...{
      clock,
      store,
      database,
      platform,
      sourceControl,
      codeHost,
      repository,
      addresses,
      policy,
      world,
      reports,
    },
    ...{ start, stop, desk, build, push, delivery, told, all },
    /** What the last process kept and did not finish is taken up. */
    takeUp: async () => takeUpDeliveries(await store.openArrivals(), { store, policy, clock, log }),
    look: () =>
      watch(
        'acme/api',
        { store, policy, codeHost: host ?? codeHost, clock, log },
        AbortSignal.timeout(10_000),
      ),
    /** Lets time pass so that whatever runs comes to rest. */
    async pass(milliseconds = 30_000): Promise<void> {
      for (let left = milliseconds; left > 0; left -= STEP) await clock.advance(Math.min(STEP, left));
    },
    /** Commits that were asked for, by place. */
    async asked(environment = 'staging'): Promise<(string | undefined)[]> {
      return (await all()).filter((one) => one.environment === environment).map(({ plan }) => plan.to.commit);
    },
    /** What channels are to be told, in order. */
    async announced(): Promise<string[]> {
      const due = await store.announcementsDue(clock.now());
      return due.map(({ tells, channel }) => `${channel} ${tells}`);
    },
    async openDeliveries(): Promise<number> {
      return (await store.openArrivals()).filter(({ kind }) => kind === DELIVERY_KIND).length;
    },
    async close(): Promise<void> {
      await stop();
      database.close();
    },
  };
}
