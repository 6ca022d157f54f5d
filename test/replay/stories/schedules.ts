import { askedAbout } from '../../../src/domain/approval-standing.ts';
import { environmentNamed } from '../../../src/domain/policy.ts';
import { placeFreeze } from '../../../src/use-cases/freeze.ts';
import { cancelRecurring, scheduleRecurring } from '../../../src/use-cases/recurring.ts';
import { requestDeployment } from '../../../src/use-cases/request-deployment.ts';
import { confirmStart } from '../../../src/use-cases/schedule.ts';
import { type ApprovalWorld, minutes, putLive } from '../../jobs/approval-world.ts';
import { person } from '../../jobs/forge-world.ts';
import { checkout, staging } from '../../jobs/shop.ts';
import type { Happening } from '../story.ts';

/** Deployments that wait for their time, which nobody must approve. */
export const schedules: Record<string, Happening<ApprovalWorld>> = {
  'waits for the end of a freeze': async (world) => {
    const until = world.clock.now() + 5 * minutes;
    await placeFreeze({ scope: {}, until, reason: 'the sale' }, person('U0SAM'), world.adapters);
    await world.ended(await world.request('v1.1.0'));
  },
  scheduled: async (world) => {
    const number = await scheduled(world);
    await world.clock.advance(19 * minutes);
    await world.ended(number);
  },
  'scheduled and aborted': async (world) => {
    const number = await scheduled(world);
    await world.clock.advance(minutes);
    await world.abort(number);
    await world.ended(number);
  },
  'scheduled, and its owner confirms that it is not as it was': async (world) => {
    const number = await scheduled(world);
    await world.clock.advance(minutes);
    putLive(world, 'v1.2.0');
    await world.clock.advance(6 * minutes);
    await confirmed(world, number);
    await world.clock.advance(12 * minutes);
    await world.ended(number);
  },
  'scheduled, and its owner does not answer': async (world) => {
    const number = await scheduled(world);
    await world.clock.advance(minutes);
    world.sourceControl.resolve = async () => ({ kind: 'unknown', known: [] });
    await world.clock.advance(20 * minutes);
    await world.ended(number);
  },
  'scheduled, and mended before its owner answers': async (world) => {
    const number = await scheduled(world);
    await world.clock.advance(minutes);
    const { sourceControl } = world;
    const resolve = sourceControl.resolve.bind(sourceControl);
    sourceControl.resolve = async () => ({ kind: 'unknown', known: [] });
    await world.clock.advance(6 * minutes);
    sourceControl.resolve = resolve;
    await world.clock.advance(12 * minutes);
    await world.ended(number);
  },
  'recurs, has nothing to do the second time, and is cancelled': async (world) => {
    const environment = environmentNamed(world.policy, staging.name) ?? staging;
    const request = { service: checkout, environment, cron: '*/5 * * * *', zone: 'UTC' };
    const { id } = await scheduleRecurring(request, person(), world.adapters);
    await world.until(async () => (await world.store.deployment(1)) !== undefined);
    await world.ended(1);
    await world.until(async () => (await world.store.recurring(id))?.problem !== undefined);
    await cancelRecurring({ id }, person(), world.adapters);
  },
};

/** For in twenty minutes: it is looked at again a quarter of an hour before. */
async function scheduled(world: ApprovalWorld): Promise<number> {
  const environment = environmentNamed(world.policy, staging.name) ?? staging;
  const startAt = world.clock.now() + 20 * minutes;
  const request = { service: checkout, environment, ref: 'v1.1.0', startAt };
  const outcome = await requestDeployment(request, person(), world.adapters);
  if (outcome.kind === 'requested') return outcome.deployment;
  throw new Error(`The request was ${outcome.kind}`);
}

async function confirmed(world: ApprovalWorld, number: number): Promise<void> {
  const { plan, startAt } = await world.deployment(number);
  const digest = askedAbout(plan, world.policy.version, startAt);
  await confirmStart({ deployment: number, digest }, person(), world.adapters);
}
