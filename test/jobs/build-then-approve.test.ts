import { afterEach, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { type CodeWorld, createCodeWorld } from './code-world.ts';

const image: CheckPolicy = { name: 'Image', kind: 'image', within: 600_000 };
const scan: CheckPolicy = { name: 'Scan', kind: 'scan', most: { critical: 0 }, within: 600_000 };
const approvals = {
  needs: [{ from: 'release-manager', count: 1 }],
  within: 7_200_000,
  emergencyAlone: false,
};

let world: CodeWorld;
afterEach(() => world.close());

/** Built, and waiting for a vote. */
async function asked(): Promise<void> {
  world = createCodeWorld({ checks: [image, scan], environment: { approvals } });
  await world.start();
  world.makeImages();
  await world.ask();
  await world.untilPhase(1, 'awaiting-approval');
}

async function foundBy(critical: number): Promise<void> {
  const findings = { critical, high: 0, medium: 0, low: 0 };
  world.sourceControl.setImage(world.head, { scan: { kind: 'complete', findings, unrated: 0 } });
}

const ofInterest = new Set(['replanned', 'check-started', 'check-passed', 'check-failed', 'approval-asked']);
const happened = async () => (await world.eventTypes(1)).filter((type) => ofInterest.has(type));

it('people are asked once the checks of the image that was made have passed, and may say yes', async () => {
  await asked();
  const before = await happened();

  await world.approve(1);

  const deployment = await world.ended(1);
  expect(deployment.phase.kind).toBe('succeeded');
  expect(before).toEqual([
    'replanned',
    ...['check-started', 'check-passed', 'check-started', 'check-passed'],
    'approval-asked',
  ]);
  expect(deployment.approval?.round).toBe(1);
});

it('people are asked again when a check failed while they voted, and passed again', async () => {
  await asked();
  await foundBy(2);
  world.clock.jump(700_000);
  await world.untilCheck(1, 'Scan', 'failed');
  await foundBy(0);

  await world.retry(1);

  const { approval } = await world.untilPhase(1, 'awaiting-approval');
  expect(approval).toMatchObject({ round: 2, changes: ['It was checked again meanwhile.'] });
  await world.approve(1);
  expect((await world.ended(1)).phase.kind).toBe('succeeded');
});

it('people have their time to vote from when it can be voted on again', async () => {
  await asked();
  await foundBy(2);
  world.clock.jump(700_000);
  await world.untilCheck(1, 'Scan', 'failed');
  const { approval } = await world.deployment(1);
  world.clock.jump((approval?.deadline ?? 0) - world.clock.now() - 1_000);
  await world.clock.advance(2_000);
  await foundBy(0);

  const before = await world.deployment(1);
  await world.retry(1);

  expect(before.phase.kind).toBe('checking');
  expect((await world.untilPhase(1, 'awaiting-approval')).approval?.round).toBe(2);
});
