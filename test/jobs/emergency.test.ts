import { afterEach, expect, it } from 'vitest';
import { previewRollback } from '../../src/use-cases/preview-rollback.ts';
import { rollBack } from '../../src/use-cases/roll-back.ts';
import { person } from './forge-world.ts';
import { allBlue, createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

let world: ReturningWorld;
afterEach(() => world.close());

it('an emergency whose colour AWS gives no more tasks goes on all the same, and people are told', async () => {
  world = createReturningWorld({ desired: 4 });
  const { signal } = new AbortController();
  await world.start();
  await world.deployed('v1.1.0');
  await world.platform.scale(inEurope, { on: 'blue', desired: 1 }, { signal });
  world.platform.break({ method: 'scale', kind: 'refused' });

  await confirmEmergency();
  const told = await world.until(async () => {
    const blocked = (await world.store.events(2)).find(({ event }) => event.type === 'blocked')?.event;
    return blocked?.type === 'blocked' && blocked.reason;
  });
  const meanwhile = world.splits();
  world.platform.mend();

  expect(told).toContain('fewer tasks than it needs');
  expect(meanwhile).toEqual([[allBlue]]);
  const { phase, steps } = await world.ended(2);
  expect(phase.kind).toBe('succeeded');
  expect(Object.values(steps)).toContainEqual(
    expect.objectContaining({
      detail: expect.stringMatching(/^0 % on v1\.1\.0.*; .*fewer tasks than it needs/u),
    }),
  );
});

/** Confirms the rollback of #1 to the tasks that are there. */
async function confirmEmergency(): Promise<void> {
  const { service, environment, adapters } = world;
  const shown = await previewRollback({ service, environment }, adapters, {});
  if (shown.kind !== 'undo') throw new Error(`The preview was ${shown.kind}`);
  const { generation, plan } = await world.deployment(1);
  const seen = { generation, digest: plan.digest, plan: shown.plan.digest };
  await rollBack({ undoes: 1, seen, emergency: true }, person(), adapters);
}
