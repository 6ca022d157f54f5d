import { createEngineDriver } from '../../db/engine-driver.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import { defineJobs } from '../../jobs/index.ts';
import { ringOverdue } from '../../jobs/ring-overdue.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import { type Deployment, hasEffects } from '../../src/domain/deployment.ts';
import type { EnvironmentPolicy, Policy } from '../../src/domain/policy.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { confirmStart, reschedule } from '../../src/use-cases/schedule.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { everybody } from '../fakes/everybody.ts';
import { FakeScheduleDriver } from '../fakes/schedule-driver.ts';
import { type ApprovalWorld, createApprovalWorld, minutes, people } from './approval-world.ts';
import { person } from './forge-world.ts';
import { type Life, mortal, mortalDriver } from './mortal.ts';
import { checkout, shopPolicy } from './shop.ts';
import { wakeFromOutside } from './wake-from-outside.ts';

export type ScheduleWorld = ReturnType<typeof createScheduleWorld>;

/** Deployments to staging need nobody's approval. */
export const withoutApprovals: Policy = { ...shopPolicy, version: 'policy 1', people };

/** The same, and what is deployed has more time than Forge is ever away: a killed process alone fails nothing. */
export const patientPolicy: Policy = {
  ...withoutApprovals,
  timing: { ...shopPolicy.timing, startWithin: 180 * minutes, smokeWithin: 180 * minutes },
};

/**
 * At which of so many calls a process is killed, one after the other: every one with `EVERY=1`, else every tenth from `offset`
 * on.
 */
export function callsToDieAt(calls: number, offset: number): number[] {
  const every = Number(process.env.EVERY ?? 10);
  const all = Array.from({ length: calls }, (_, index) => index + 1);
  return all.filter((call) => call % every === offset % every);
}

/** The same with more said of staging. */
export function stagingWith(change: Partial<EnvironmentPolicy>, policy: Policy = withoutApprovals): Policy {
  const environments = policy.environments.map((one) =>
    one.name === 'staging' ? { ...one, ...change } : one,
  );
  return { ...policy, environments };
}

/** What a process has beside its jobs, and how soon they see what nobody rang for. Milliseconds. */
type Beside = { drivers?: 'its own' | 'both'; pollMs?: number };

/** Forge in a shop where things are scheduled for staging. */
export function createScheduleWorld(policy: Policy = withoutApprovals) {
  const world: ApprovalWorld = createApprovalWorld(policy);
  const { store, adapters } = world;
  let jumped = 0;
  const clock: FakeClock = {
    ...world.clock,
    jump(milliseconds) {
      jumped += milliseconds;
      world.clock.jump(milliseconds);
    },
  };
  // Nobody sets the clock of what is outside.
  const outside: Clock = { now: () => clock.now() - jumped, sleep: clock.sleep };
  const driver = new FakeScheduleDriver(outside);

  /** Schedules a release for staging, so many milliseconds from now, and gives its number. */
  async function scheduled(inMs: number, { ref = 'v1.1.0', by = 'U0MAYA' } = {}): Promise<number> {
    const [environment] = world.policy.environments;
    if (environment === undefined) throw new Error('There is no environment');
    const request = { service: checkout, environment, ref, startAt: clock.now() + inMs };
    const outcome = await requestDeployment(request, person(by), adapters);
    if (outcome.kind === 'requested') return outcome.deployment;
    throw new Error(`The request was ${outcome.kind}`);
  }

  async function confirmed(number: number, by = 'U0MAYA', digest?: string): Promise<Deployment> {
    const { plan, startAt } = await world.deployment(number);
    const seen = digest ?? askedAbout(plan, world.policy.version, startAt);
    return confirmStart({ deployment: number, digest: seen }, person(by), adapters);
  }

  const left = new Set<string>();
  const known: typeof everybody = {
    ...everybody,
    person: async (id) => {
      if (left.has('Slack')) throw new Error('Slack does not answer');
      const person = await everybody.person(id);
      return left.has(id) && person !== undefined ? { ...person, kind: 'deactivated' } : person;
    },
  };

  let isDeploying = false;
  let isStale = true;
  world.database.onWrite(() => {
    isStale = true;
  });
  /** What a process with both drivers logged. */
  const told: string[] = [];
  let life: Life = { isOver: true, calls: 0 };
  let stop: (() => Promise<void>) | undefined;

  /**
   * Begins a process of jobs alone: hours pass in no time where nobody looks for messages meanwhile. With `both` drivers it
   * has the maintenance tick and the loops of the outside one as well.
   */
  async function start(
    end?: Life['end'],
    { drivers = 'its own', pollMs = minutes }: Beside = {},
  ): Promise<Life> {
    const begun: Life = { isOver: false, calls: 0, ...(end === undefined ? {} : { end }) };
    life = begun;
    const reached = { store: mortal(store, begun), clock: mortal(clock, begun) };
    const engine = createEngine(mortalDriver(createEngineDriver(world.database, { clock }), begun), {
      ...{ clock: reached.clock, pollMs },
      onError: (error) => world.reports.push(String(error)),
      onFenced: (error) => world.reports.push(String(error)),
    });
    defineJobs(engine, {
      ...{ ...reached, policy: world.policy, platform: mortal(world.platform, begun) },
      ...{ sourceControl: mortal(world.sourceControl, begun), deadMan: world.deadMan },
      ...{ smokeProbe: world.smoke.probe, metrics: world.metrics, people: known },
    });
    if (drivers === 'both') wakeFromOutside(engine, { ...reached, driver, told }, begun);
    stop = () => engine.stop({ grace: 0 });
    await engine.start();
    return begun;
  }

  /** Ends it as kill -9 would. */
  function crash(): void {
    life.isOver = true;
    stop = undefined;
  }

  return {
    ...world,
    ...{ start, crash },
    async close(): Promise<void> {
      const stopped = life.isOver ? undefined : stop?.();
      await clock.advance(0);
      await stopped;
      crash();
      await world.close();
    },
    ...{ clock, driver, told },
    /** Whether the process that was begun last lives. */
    lives: () => !life.isOver,
    /** It dies after so many more calls that change something. */
    die(calls: number): void {
      life.end = { call: life.calls + calls, side: 'after' };
    },
    scheduled,
    confirmed,
    reschedule: (number: number, startAt: number, by = 'U0MAYA') =>
      reschedule({ deployment: number, startAt }, person(by), adapters),
    /** They have left the company; `Slack` answers no more. */
    leaves: (who: string) => left.add(who),
    tick: () => ringOverdue({ store, clock }),
    /** Lets what goes on by itself go on: in steps, for nothing that begins within one has time of its own before the next. */
    async pass(milliseconds: number): Promise<void> {
      for (const end = clock.now() + milliseconds; clock.now() < end; ) {
        if (isStale) isDeploying = (await store.unfinished()).some(hasEffects);
        isStale = false;
        await clock.advance(Math.min(isDeploying ? 500 : 5_000, end - clock.now()));
      }
    },
    phase: async (number: number) => (await world.deployment(number)).phase,
    startedTimes: (number: number) => world.count(number, 'started'),
  };
}

/** Plays in a world of its own. */
export async function inScheduleWorld(
  play: (world: ScheduleWorld) => Promise<void>,
  policy?: Policy,
): Promise<void> {
  const world = createScheduleWorld(policy);
  try {
    await play(world);
  } finally {
    await world.close();
  }
}
