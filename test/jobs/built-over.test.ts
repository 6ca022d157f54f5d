import { expect, it } from 'vitest';
import { createCodeWorld, told } from './code-world.ts';

it('an image that must not be deployed, and shows up before it is made, is not built over', async () => {
  const world = createCodeWorld({ checks: [told] });
  await world.start();
  const number = await world.ask();
  await world.until(async () => (await world.deployment(number)).checkStates.length === 1);
  world.publish(world.head);
  world.sourceControl.setImage(world.head, { revision: 'f'.repeat(40) });

  await world.tick(number, 'Stakeholders');
  const { phase } = await world.ended(number);

  expect(phase.kind).not.toBe('succeeded');
  expect(world.web.runs.dispatched).toEqual([]);
  await world.close();
});
