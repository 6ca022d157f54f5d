import { describe, expect, it } from 'vitest';
import { isFinished } from '../../src/domain/deployment.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { type CodeWorld, createCodeWorld, lint, unitTests } from './code-world.ts';
import type { Life } from './mortal.ts';
import { staging, targetIn } from './shop.ts';

type Side = NonNullable<Life['end']>['side'];

type Story = {
  /** A world in which it happens, once it is asked for. */
  create(): CodeWorld;
  /** What comes after that is proven elsewhere. */
  isTold(world: CodeWorld): Promise<boolean>;
  /** Once all of it is over. */
  expectRight(world: CodeWorld, when: string): Promise<void>;
};

/** What reaches the code host: a process dies at each of these. */
const EFFECTS = new Set(['dispatch', 'cancelRun']);
/** … and at so few of what it writes into its journal: at all with `EVERY=1`. */
const EVERY = Number(process.env.EVERY ?? 4);

/** Lets it happen without a death, and then once for each call at which the process dies; gives how often it died. */
async function sweep(side: Side, story: Story): Promise<number> {
  const whole = story.create();
  const life = await happen(whole, story);
  const names = life.names?.slice() ?? [];
  await story.expectRight(whole, 'alive');
  await whole.close();
  let deaths = 0;
  for (const call of callsToDieAt(names, side)) {
    const world = story.create();
    if (await survive(world, story, { call, side })) deaths += 1;
    await story.expectRight(world, `${side} call ${call}, ${names[call - 1]}`);
    await world.close();
  }
  return deaths;
}

async function happen(world: CodeWorld, { isTold }: Story, end?: Life['end']): Promise<Life> {
  const life = await world.start(end);
  await world.ask();
  await world.until(async () => life.isOver || (await isTold(world)));
  return life;
}

/** A process dies there and the next one goes on; false: it was over before that. */
async function survive(world: CodeWorld, story: Story, end: NonNullable<Life['end']>): Promise<boolean> {
  const life = await happen(world, story, end);
  if (!life.isOver) return false;
  world.crash();
  await world.start();
  return true;
}

/** Others before than after, so that both together see more. */
function callsToDieAt(names: readonly string[], side: Side): number[] {
  const offset = side === 'before' ? 0 : Math.floor(EVERY / 2);
  return names.flatMap((name, index) => (EFFECTS.has(name) || index % EVERY === offset ? [index + 1] : []));
}

const ONCE = new Set([
  'check-passed',
  'check-retried',
  'build-started',
  'build-finished',
  'replanned',
  'started',
]);

const happenedOnce = async (world: CodeWorld) => (await world.eventTypes(1)).filter((type) => ONCE.has(type));

/** How it is deployed from then on is not about code any more. */
const isStarted = async ({ store }: CodeWorld) => (await store.deployment(1))?.startedAt !== undefined;

describe.each(['before', 'after'] as const)(
  'a process that dies right %s a call that changes something',
  (side) => {
    it('checks and builds once, and deploys what was asked for', async () => {
      const deaths = await sweep(side, {
        create() {
          const world = createCodeWorld({ checks: [unitTests, lint] });
          world.makeImages();
          return world;
        },
        isTold: isStarted,
        async expectRight(world, when) {
          const deployment = await world.ended(1);
          expect(deployment.phase.kind, when).toBe('succeeded');
          expect(world.web.runs.dispatched, when).toHaveLength(1);
          expect(world.platform.changes, when).toHaveLength(1);
          expect(world.platform.desired(targetIn(staging)).version, when).toBe(world.head.slice(0, 12));
          expect(await happenedOnce(world), when).toEqual([
            'check-passed',
            'check-passed',
            'build-started',
            'build-finished',
            'replanned',
            'started',
          ]);
          expect(world.reports, when).toEqual([]);
        },
      });

      expect(deaths).toBeGreaterThan(50 / EVERY);
    }, 300_000);

    it('makes a check that failed again once for one retry', async () => {
      const deaths = await sweep(side, {
        create() {
          const world = createCodeWorld({ checks: [unitTests] });
          world.makeImages();
          world.runner.script('npm test', failed('flaky'), passed());
          // Nobody waits for it: killed in the middle of the look, the second one may pass.
          void world.upon({ type: 'check-failed' }, () => world.retry(1));
          return world;
        },
        isTold: isStarted,
        async expectRight(world, when) {
          const deployment = await world.ended(1);
          expect(deployment.phase.kind, when).toBe('succeeded');
          expect(world.web.runs.dispatched, when).toHaveLength(1);
        },
      });

      expect(deaths).toBeGreaterThan(50 / EVERY);
    }, 300_000);

    it('has the image made once where its run shows up late and the answer is lost with the process', async () => {
      const deaths = await sweep(side, {
        create() {
          const world = createCodeWorld();
          const { runs } = world.web;
          runs.onDispatch = ({ run, commit }) => {
            run.state = 'passed';
            world.publish(commit);
            runs.isSlowToShow = true;
            // Nobody waits for it: it shows up when its time has come.
            void world.clock.sleep(20_000, new AbortController().signal).then(() => {
              runs.isSlowToShow = false;
            });
          };
          return world;
        },
        isTold: isStarted,
        async expectRight(world, when) {
          const deployment = await world.ended(1);
          expect(deployment.phase.kind, when).toBe('succeeded');
          expect(world.web.runs.dispatched, when).toHaveLength(1);
        },
      });

      expect(deaths).toBeGreaterThan(30 / EVERY);
    }, 300_000);

    it('cancels a build that was aborted', async () => {
      const isCancelled = (world: CodeWorld) => world.web.runs.dispatched[0]?.run.state === 'cancelled';
      const deaths = await sweep(side, {
        create() {
          const world = createCodeWorld();
          // Nobody waits for it: the process may die before.
          void world.upon({ type: 'build-progressed' }, () => world.abort(1));
          return world;
        },
        async isTold(world) {
          const deployment = await world.store.deployment(1);
          return deployment !== undefined && isFinished(deployment) && isCancelled(world);
        },
        async expectRight(world, when) {
          const deployment = await world.ended(1);
          expect(deployment.phase.kind, when).toBe('aborted');
          await world.until(() => isCancelled(world));
          expect(world.web.runs.dispatched, when).toHaveLength(1);
          expect(world.platform.changes, when).toEqual([]);
        },
      });

      expect(deaths).toBeGreaterThan(20 / EVERY);
    }, 300_000);
  },
);
