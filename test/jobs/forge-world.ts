import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { Caller } from '../../src/domain/caller.ts';
import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import type { EnvironmentPolicy, Policy } from '../../src/domain/policy.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { type RollBackOutcome, rollBack } from '../../src/use-cases/roll-back.ts';
import { createShownPlans } from '../../src/use-cases/shown-plans.ts';
import {
  abortDeployment,
  pauseDeployment,
  resumeDeployment,
  skipBake,
} from '../../src/use-cases/steer-deployment.ts';
import { FakeChat } from '../fakes/chat.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { createFakeCommandRunner } from '../fakes/command-runner.ts';
import { FakeDeadManSwitch } from '../fakes/dead-man-switch.ts';
import { FakeMetrics } from '../fakes/metrics.ts';
import { FakePlatform } from '../fakes/platform.ts';
import { FakeSmokeProbe } from '../fakes/smoke-probe.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { type ForgeProcess, startForge } from './forge-process.ts';
import type { Life } from './mortal.ts';
import { checkout, shopPolicy, staging, stock } from './shop.ts';

export type ForgeWorld = ReturnType<typeof createForgeWorld>;

/** Milliseconds. */
const quarterOfAnHour = 900_000;

type Found<Value> = Value | undefined | false;
/** `hasCode`: it reaches a code host, and may run commands. */
type Options = {
  policy?: Policy;
  define?: Parameters<typeof startForge>[0]['define'];
  hasCode?: boolean;
};
type Asked = { environment?: EnvironmentPolicy; by?: Caller };

/** Forge's use cases, jobs and publishing on a real database in memory, in a world of fakes whose time a test moves. */
export function createForgeWorld({ policy = shopPolicy, define, hasCode = false }: Options = {}) {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const platform = new FakePlatform();
  const sourceControl = new FakeSourceControl();
  const smoke = new FakeSmokeProbe();
  const metrics = new FakeMetrics(clock);
  const deadMan = new FakeDeadManSwitch(clock, (target, to, rule) =>
    platform.moveTraffic(target, splitTo(to, 100), rule),
  );
  const chat = new FakeChat(() => clock.now());
  const reports: string[] = [];
  const host = new FakeCodeHost(() => clock.now());
  const runner = createFakeCommandRunner();
  const adapters = {
    ...{ policy, store, platform, sourceControl, clock, shownPlans: createShownPlans() },
    ...(hasCode ? { codeHost: host, runner } : {}),
  };
  const things = { ...adapters, host, database, smoke, metrics, deadMan, chat, reports, define };
  stock(platform, sourceControl);
  let current: ForgeProcess | undefined;

  /** The process that lives. */
  function living(): ForgeProcess {
    if (current === undefined) throw new Error('No process lives');
    return current;
  }

  /** Begins a process; one that still lives is to be ended before. It may die at a call that `end` names. */
  async function start(end?: Life['end']): Promise<Life> {
    current = await startForge(things, end);
    return current.life;
  }

  /** Ends the process as kill -9 would. */
  function crash(): void {
    if (current !== undefined) current.life.isOver = true;
    current = undefined;
  }

  /** Ends the process as it ends itself, without patience for what is under way. */
  async function stop(): Promise<void> {
    if (current?.life.isOver === false) {
      const stopped = current.engine.stop({ grace: 0 });
      await clock.advance(0);
      await stopped;
    }
    crash();
  }

  async function close(): Promise<void> {
    await stop();
    await clock.advance(1_000);
    database.close();
  }

  /** Moves time on, `step` milliseconds at a time, until `read` gives something; fails after `within` milliseconds. */
  async function until<Value>(
    read: () => Promise<Found<Value>> | Found<Value>,
    { step = 200, within = quarterOfAnHour }: { step?: number; within?: number } = {},
  ): Promise<Value> {
    for (const end = clock.now() + within; clock.now() < end; await clock.advance(step)) {
      const value = await read();
      if (value !== undefined && value !== false) return value;
    }
    throw new Error(`It did not come to pass in ${within} ms: ${read.toString()}\n${reports.join('\n')}`);
  }

  async function recorded(wanted: { type: string; step?: string }): Promise<boolean> {
    const count = (await store.nextNumber()) - 1;
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const events = await Promise.all(numbers.map((number) => store.events(number)));
    return events.flat().some((event) => event.event.type === wanted.type && stepOf(event) === wanted.step);
  }

  /** Acts as soon as such an event is recorded of any deployment; resolves when it has acted. */
  function upon(wanted: { type: string; step?: string }, act: () => unknown): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const once = { isDone: false };
    const look = async () => {
      if (!(await recorded(wanted)) || once.isDone) return;
      once.isDone = true;
      stopLooking();
      await act();
      resolve();
    };
    const stopLooking = database.onWrite(() => {
      look().catch(reject);
    });
    return promise;
  }

  async function deployment(number: number): Promise<Deployment> {
    const found = await store.deployment(number);
    if (found === undefined) throw new Error(`There is no deployment #${number}`);
    return found;
  }

  function untilPhase(number: number, kind: Deployment['phase']['kind']): Promise<Deployment> {
    return until(async () => {
      const state = await deployment(number);
      return state.phase.kind === kind && state;
    });
  }

  function ended(number: number): Promise<Deployment> {
    return until(async () => {
      const state = await deployment(number);
      return isFinished(state) && state;
    });
  }

  /** Whether Slack shows all there is to say of a deployment that has ended. */
  async function isPublished(number: number): Promise<boolean> {
    const state = await store.deployment(number);
    if (state === undefined || !isFinished(state)) return false;
    const posts = await store.posts(number);
    const isSent =
      posts.length > 1 && posts.every((post) => post.state === 'sent' || post.state === 'dropped');
    return isSent && !(await store.deploymentsToPublish(clock.now())).some((each) => each.number === number);
  }

  /** Asks for a deployment and gives its number. */
  async function request(ref: string, { environment = staging, by = person() }: Asked = {}): Promise<number> {
    const outcome = await requestDeployment({ service: checkout, environment, ref }, by, adapters);
    if (outcome.kind === 'requested') return outcome.deployment;
    throw new Error(`The request of ${ref} was ${outcome.kind}`);
  }

  /** Confirms the rollback of a deployment as it is now. */
  async function undo(undoes: number, by: Caller = person()): Promise<RollBackOutcome> {
    const { generation, plan } = await deployment(undoes);
    return rollBack({ undoes, seen: { generation, digest: plan.digest } }, by, adapters);
  }

  return {
    ...things,
    ...{ adapters, runner },
    ...{ start, stop, crash, close, until, upon, deployment, untilPhase, ended, isPublished, request, undo },
    published: (number: number) => until(() => isPublished(number)),
    engine: () => living().engine,
    abort: (number: number, by: Caller = person()) => abortDeployment({ deployment: number }, by, store),
    resume: (number: number, by: Caller = person()) =>
      resumeDeployment({ deployment: number }, by, { store, clock }),
    pause: (number: number, by: Caller = person()) => pauseDeployment({ deployment: number }, by, { store }),
    skip: (number: number, by: Caller = person('U0RAVI')) => skipBake({ deployment: number }, by, { store }),
    happened: (number: number, by: Caller = person()) =>
      resumeDeployment({ deployment: number, happened: true }, by, { store, clock }),
    /** Asks for a deployment and waits until it has ended. */
    deploy: async (ref: string, asked: Asked = {}) => ended(await request(ref, asked)),
    /** Rolls back and waits until that has ended. */
    async undone(undoes: number): Promise<Deployment> {
      const outcome = await undo(undoes);
      if (outcome.kind === 'requested') return ended(outcome.deployment);
      throw new Error(`The rollback of #${undoes} was ${outcome.kind}`);
    },
    async eventTypes(number: number): Promise<string[]> {
      return (await store.events(number)).map(({ event }) => event.type);
    },
  };
}

let arrivals = 0;

/** Somebody who asks for something, by an arrival of its own. */
export function person(userId = 'U0MAYA', arrival = `arrival ${++arrivals}`): Caller {
  return { actor: { kind: 'person', userId, via: 'command' }, arrival };
}

function stepOf({ event }: RecordedEvent): string | undefined {
  return 'step' in event ? event.step : undefined;
}
