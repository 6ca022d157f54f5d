import fc from 'fast-check';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { deployment } from '../../db/schema.sqlite.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import { defineJobs } from '../../jobs/index.ts';
import { reconcile } from '../../jobs/reconcile.ts';
import type { Verdict } from '../../src/domain/approval.ts';
import { isFinished } from '../../src/domain/deployment.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';
import { everybody } from '../fakes/everybody.ts';
import {
  type ApprovalWorld,
  createApprovalWorld,
  minutes,
  policyOf,
  putLive,
  within,
} from './approval-world.ts';
import { person } from './forge-world.ts';
import { type Life, mortal, mortalDriver } from './mortal.ts';

/** Those who may be asked, and some who may not. */
const voters = ['U0MAYA', 'U0LEO', 'U0RAVI', 'U0PRIYA', 'U0ANN', 'U0SAM'] as const;
type Voter = (typeof voters)[number];

const one = (from: string, count = 1) => ({ from, count });
const asking = (...needs: { from: string; count: number }[]) => ({
  approvals: { needs, within, emergencyAlone: false },
});

export const policies: readonly Policy[] = [
  policyOf('one of each'),
  policyOf('two of security', asking(one('security', 2))),
  policyOf('a release manager', asking(one('release-manager'))),
  policyOf('nobody', { approvals: undefined }),
];

export type Act =
  | {
      kind: 'vote';
      of: 1 | 2;
      voter: Voter;
      verdict: Verdict;
      seen: 'now' | 'before' | 'another digest' | 'another round';
      click: 'new' | 'same';
      /** Somebody else votes at the same moment. */
      beside?: Voter;
    }
  | { kind: 'drift'; version: string }
  | { kind: 'policy'; policy: number }
  | { kind: 'death'; call: number }
  | { kind: 'restart'; policy?: number; after: number }
  | { kind: 'silence'; isSilent: boolean }
  | { kind: 'time'; passes: number }
  | { kind: 'second' }
  | { kind: 'abort'; of: 1 | 2 };

const of = fc.constantFrom(1 as const, 1 as const, 2 as const);
const voter = fc.constantFrom(...voters);
const policy = fc.nat(policies.length - 1);
const vote = fc.record(
  {
    ...{ kind: fc.constant('vote' as const), of, voter, beside: voter },
    verdict: fc.oneof(
      { weight: 15, arbitrary: fc.constant('approve' as const) },
      { weight: 1, arbitrary: fc.constant('reject' as const) },
    ),
    seen: fc.oneof(
      { weight: 8, arbitrary: fc.constant('now' as const) },
      {
        weight: 3,
        arbitrary: fc.constantFrom('before' as const, 'another digest' as const, 'another round' as const),
      },
    ),
    click: fc.constantFrom('new' as const, 'new' as const, 'same' as const),
  },
  { requiredKeys: ['kind', 'of', 'voter', 'verdict', 'seen', 'click'] },
);
const passes = fc.constantFrom(0, 1, 500, 3_000, 30_000, 6 * minutes, 11 * minutes, 25 * minutes);

/** Anything that may happen to deployments that wait for people, in any order. */
export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: vote },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('drift' as const),
        version: fc.constantFrom('v1.0.0', 'v1.1.0', 'v1.2.0'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('policy' as const), policy }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('death' as const), call: fc.integer({ min: 1, max: 12 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record(
        { kind: fc.constant('restart' as const), policy, after: passes },
        { requiredKeys: ['kind', 'after'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('silence' as const), isSilent: fc.boolean() }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('time' as const), passes }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('second' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort' as const), of }) },
  ),
  { minLength: 5, maxLength: 40 },
);

type Click = { arrival: string; seen: { round: number; digest: string }; verdict: Verdict };

/** A vote that was answered as counted, and what its person had seen. */
type Counted = { deployment: number; voter: string; seen: { round: number; digest: string } };
export type Played = {
  world: ApprovalWorld;
  /** By arrival. */
  counted: ReadonlyMap<string, Counted>;
  /** Version of the policy in force when a deployment started, by its number. */
  startedUnder: ReadonlyMap<number, string>;
  close(): Promise<void>;
};

/** Plays it on a real database with the real jobs, and lets everything come to its end. */
export async function play(script: readonly Act[], first: number): Promise<Played> {
  const world = createApprovalWorld(policies[first] ?? policyOf('one of each'));
  const { clock, database } = world;
  const counted = new Map<string, Counted>();
  const startedUnder = new Map<number, string>();
  const shown = new Map<number, { round: number; digest: string }[]>();
  const clicks = new Map<string, Click>();
  let life = await startJobs(world);
  let count = 0;

  /** At once, with nothing in between: what has started by now did so under the policy there is. */
  function noteStarts(): void {
    for (const { number, startedAt } of database.orm.select().from(deployment).all()) {
      if (startedAt !== null && !startedUnder.has(number)) startedUnder.set(number, world.policy.version);
    }
  }

  /** Lets everything that is under way at this moment come to where it has to wait. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) await clock.advance(0);
    noteStarts();
  }

  /** Whoever asks for something waits for AWS, by this world's clock. */
  async function inTheirTime(asking: Promise<void>): Promise<void> {
    const answered = new AbortController();
    const over = asking.finally(() => answered.abort());
    while (!answered.signal.aborted) await clock.advance(1_000);
    await over;
  }

  async function restart(): Promise<void> {
    life.isOver = true;
    life = await startJobs(world);
  }

  async function cast(act: Extract<Act, { kind: 'vote' }>, by: Voter): Promise<void> {
    const state = await world.store.deployment(act.of);
    if (state === undefined) return;
    const { approval } = state;
    const seenSoFar = shown.get(act.of) ?? [];
    const now = { round: approval?.round ?? 1, digest: approval?.digest ?? 'nothing' };
    if (seenSoFar.at(-1)?.round !== now.round) shown.set(act.of, [...seenSoFar, now]);
    const seen = {
      now,
      before: seenSoFar.at(-2) ?? now,
      'another digest': { ...now, digest: `${now.digest.slice(1)}0` },
      'another round': { ...now, round: now.round + 1 },
    }[act.seen];
    count += 1;
    const last = clicks.get(`${by} ${act.of}`);
    // The same click, delivered again, says the same.
    const isAgain = act.click === 'same' && last !== undefined;
    const click = isAgain ? last : { arrival: `click ${count} of ${by}`, seen, verdict: act.verdict };
    clicks.set(`${by} ${act.of}`, click);
    try {
      await world.vote(act.of, by, { ...click, why: 'because' });
      counted.set(click.arrival, { deployment: act.of, voter: by, seen: click.seen });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }

  async function carryOut(act: Act): Promise<void> {
    switch (act.kind) {
      case 'vote':
        await Promise.all([
          cast(act, act.voter),
          ...(act.beside === undefined ? [] : [cast({ ...act, click: 'new' }, act.beside)]),
        ]);
        return;
      case 'drift':
        await settle();
        if ((await world.store.unfinished()).every(({ startedAt }) => startedAt === undefined)) {
          putLive(world, act.version);
        }
        return;
      case 'policy':
        await settle();
        replacePolicy(act.policy);
        return;
      case 'death':
        life.end = { call: life.calls + act.call, side: 'after' };
        return;
      case 'restart':
        await settle();
        life.isOver = true;
        await clock.advance(act.after);
        if (act.policy !== undefined) replacePolicy(act.policy);
        await restart();
        return;
      case 'silence':
        if (act.isSilent) world.platform.break({ method: 'live', kind: 'unavailable' });
        else world.platform.mend();
        return;
      case 'time':
        await clock.advance(act.passes);
        return;
      case 'second':
        await inTheirTime(attempt(() => world.request('v1.2.0', { by: person('U0ANN') })));
        return;
      case 'abort':
        await attempt(() => world.abort(act.of));
        return;
    }
  }

  function replacePolicy(index: number): void {
    noteStarts();
    world.replacePolicy(policies[index] ?? policyOf('one of each'));
  }

  /** Nothing goes wrong any more, and everybody approves whatever they are asked. */
  async function comeToAnEnd(): Promise<void> {
    world.platform.mend();
    life.isOver = true;
    life = await startJobs(world, { looksAfter: true });
    for (let round = 0; round < 30; round += 1) {
      const unfinished = await world.store.unfinished();
      if (unfinished.length === 0) return;
      for (const { number } of unfinished.filter(({ phase }) => phase.kind === 'awaiting-approval')) {
        for (const by of voters) {
          await cast(
            {
              kind: 'vote',
              of: number === 1 ? 1 : 2,
              voter: by,
              verdict: 'approve',
              seen: 'now',
              click: 'new',
            },
            by,
          );
        }
      }
      await clock.advance(2 * minutes);
      noteStarts();
    }
  }

  await world.request('v1.1.0');
  for (const act of script) {
    await carryOut(act);
    await clock.advance(0);
    noteStarts();
  }
  await comeToAnEnd();
  return {
    ...{ world, counted, startedUnder },
    async close() {
      life.isOver = true;
      await world.close();
    },
  };
}

/** Forge's jobs alone, as a process of their own that may die anywhere. `looksAfter`: also ends what no run works on, which takes long. */
async function startJobs(around: ApprovalWorld, { looksAfter = false } = {}): Promise<Life> {
  const life: Life = { isOver: false, calls: 0 };
  const { policy, database } = around;
  const world = {
    policy,
    store: mortal(around.store, life),
    platform: mortal(around.platform, life),
    sourceControl: mortal(around.sourceControl, life),
    clock: mortal(around.clock, life),
    smokeProbe: mortal(around.smoke, life).probe,
    metrics: mortal(around.metrics, life),
    deadMan: mortal(around.deadMan, life),
    people: everybody,
  };
  const report = (error: unknown) => {
    around.reports.push(String(error));
  };
  const driver = mortalDriver(createEngineDriver(database, { clock: around.clock }), life);
  const engine = createEngine(driver, {
    ...{ clock: world.clock, pollMs: minutes, onError: report, onFenced: report },
  });
  defineJobs(engine, world);
  if (looksAfter) engine.whileLeading('reconcile', (signal) => reconcile(engine, world, signal));
  await engine.start();
  return life;
}

/** A person is told why not. */
async function attempt(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const isTold =
      error instanceof UserError || error instanceof PlatformRefused || error instanceof PlatformUnavailable;
    if (!isTold) throw error;
  }
}

/** Every deployment that has not ended though nothing stands in its way. */
export async function hanging({ world }: Played): Promise<string[]> {
  const all = await world.store.history({ limit: 10 });
  return all.filter((state) => !isFinished(state)).map(({ number, phase }) => `#${number} ${phase.kind}`);
}
