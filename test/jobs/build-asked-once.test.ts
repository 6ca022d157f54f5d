import { expect, it } from 'vitest';
import { createCodeWorld } from './code-world.ts';

it('a run that was asked for right before a kill, and shows up late, is not asked for again', async () => {
  const world = createCodeWorld();
  world.makeImages();
  const { runs } = world.web;
  Object.assign(runs, { isSlowToShow: true, saysRun: false });
  await world.start();
  await world.ask();
  await world.until(() => runs.dispatched.length === 1);

  world.crash();
  await world.start();
  await world.clock.advance(20_000);
  runs.isSlowToShow = false;
  const { phase } = await world.ended(1);

  expect(phase.kind).toBe('succeeded');
  expect(runs.dispatched).toHaveLength(1);
  await world.close();
});

it('a run that GitHub accepted, and that does not show up, is not asked for again', async () => {
  const world = createCodeWorld();
  const { runs } = world.web;
  Object.assign(runs, { isSlowToShow: true, saysRun: false });
  await world.start();
  await world.ask();
  await world.until(() => runs.dispatched.length === 1);

  await world.clock.advance(200_000);

  expect(runs.dispatched).toHaveLength(1);
  await world.close();
});
