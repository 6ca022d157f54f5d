import { describe, expect, it } from 'vitest';
import { failed, passed } from '../fakes/command-runner.ts';
import { type CodeWorld, createCodeWorld, lint, unitTests } from './code-world.ts';
import type { Life } from './mortal.ts';
import { staging, targetIn } from './shop.ts';

type End = NonNullable<Life['end']>;

/** Lets a process die at `end` of a deployment with checks and a build, and the next one go on. False: it was over before that. */
async function survive(world: CodeWorld, end: End): Promise<boolean> {
  const life = await world.start(end);
  await world.ask();
  await world.until(async () => life.isOver || (await world.isPublished(1)));
  if (!life.isOver) return false;
  world.crash();
  await world.start();
  return true;
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

describe.each(['before', 'after'] as const)(
  'a process that dies right %s a call that changes something',
  (side) => {
    it('checks and builds once, and deploys what was asked for', async () => {
      let deaths = 0;
      for (let call = 1, hasDied = true; hasDied; call += 1) {
        const world = createCodeWorld({ checks: [unitTests, lint] });
        world.makeImages();
        hasDied = await survive(world, { call, side });
        const deployment = await world.ended(1);
        const when = `${side} call ${call}`;
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
        await world.close();
        if (hasDied) deaths = call;
      }
      expect(deaths).toBeGreaterThan(50);
    }, 300_000);

    it('makes a check that failed again once for one retry', async () => {
      for (let call = 1, hasDied = true; hasDied; call += 2) {
        const world = createCodeWorld({ checks: [unitTests] });
        world.makeImages();
        world.runner.script('npm test', failed('flaky'), passed());
        // Nobody waits for it: killed in the middle of the look, the second one may pass.
        void world.upon({ type: 'check-failed' }, () => world.retry(1));
        hasDied = await survive(world, { call, side });
        const deployment = await world.ended(1);
        const when = `${side} call ${call}`;
        expect(deployment.phase.kind, when).toBe('succeeded');
        expect(world.web.runs.dispatched, when).toHaveLength(1);
        await world.close();
      }
    }, 300_000);

    it('has the image made once where its run shows up late and the answer is lost with the process', async () => {
      for (let call = 1, hasDied = true; hasDied; call += 1) {
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
        hasDied = await survive(world, { call, side });
        const deployment = await world.ended(1);
        const when = `${side} call ${call}`;
        expect(deployment.phase.kind, when).toBe('succeeded');
        expect(runs.dispatched, when).toHaveLength(1);
        await world.close();
      }
    }, 300_000);

    it('cancels a build that was aborted', async () => {
      for (let call = 1, hasDied = true; hasDied; call += 2) {
        const world = createCodeWorld();
        // Nobody waits for it: the process may die before.
        void world.upon({ type: 'build-progressed' }, () => world.abort(1));
        hasDied = await survive(world, { call, side });
        const deployment = await world.ended(1);
        const when = `${side} call ${call}`;
        expect(deployment.phase.kind, when).toBe('aborted');
        await world.until(() => world.web.runs.dispatched[0]?.run.state === 'cancelled');
        expect(world.web.runs.dispatched, when).toHaveLength(1);
        expect(world.platform.changes, when).toEqual([]);
        await world.close();
      }
    }, 300_000);
  },
);
