import { askedAbout } from '../../../src/domain/approval-standing.ts';
import { declareEmergency } from '../../../src/use-cases/let-start.ts';
import { writeReview } from '../../../src/use-cases/review.ts';
import { type ApprovalWorld, minutes, putLive, within } from '../../jobs/approval-world.ts';
import { person } from '../../jobs/forge-world.ts';
import type { Happening } from '../story.ts';

const hours = 60 * minutes;

/** Deployments that people must approve. */
export const approvals: Record<string, Happening<ApprovalWorld>> = {
  approved: async (world) => {
    const number = await asked(world);
    await approved(world, number);
    await world.ended(number);
  },
  'approved again since something else went live': async (world) => {
    const number = await asked(world);
    putLive(world, 'v1.2.0');
    await approved(world, number);
    await world.asked(number, 2);
    await approved(world, number);
    await world.ended(number);
  },
  'approved while AWS refuses': async (world) => {
    const number = await asked(world);
    world.platform.break({ method: 'live', kind: 'refused' });
    await approved(world, number);
    await world.until(async () => (await world.deployment(number)).trouble !== undefined);
    world.platform.mend();
    await world.ended(number);
  },
  'approved while another is under way': async (world) => {
    const number = await asked(world);
    const other = await world.request('v1.2.0', { by: person('U0ANN') });
    await world.asked(other);
    await approved(world, other);
    await world.untilPhase(other, 'running');
    await approved(world, number);
    await world.asked(number, 2);
    await approved(world, number);
    await world.ended(number);
  },
  rejected: async (world) => {
    const number = await asked(world);
    await world.vote(number, 'U0LEO', { verdict: 'reject', why: 'not on a Friday' });
    await world.ended(number);
  },
  'not approved in time': async (world) => {
    const number = await asked(world);
    await world.clock.advance(within);
    await world.ended(number);
  },
  'an emergency, reviewed at once': async (world) => {
    const number = await emergency(world);
    await reviewed(world, number);
  },
  'an emergency, reviewed after a reminder': async (world) => {
    const number = await emergency(world);
    world.clock.jump(13 * hours);
    await world.clock.advance(2 * minutes);
    await reviewed(world, number);
  },
};

async function asked(world: ApprovalWorld): Promise<number> {
  const number = await world.request('v1.1.0');
  await world.asked(number);
  return number;
}

async function approved(world: ApprovalWorld, number: number): Promise<void> {
  await world.vote(number, 'U0LEO');
  await world.vote(number, 'U0PRIYA');
}

async function emergency(world: ApprovalWorld): Promise<number> {
  const number = await asked(world);
  const { plan, startAt } = await world.deployment(number);
  const digest = askedAbout(plan, world.policy.version, startAt);
  const why = 'customers cannot pay';
  await declareEmergency({ deployment: number, digest, why }, person('U0RAVI'), world.adapters);
  await world.ended(number);
  return number;
}

function reviewed(world: ApprovalWorld, number: number): Promise<unknown> {
  return writeReview({ deployment: number, text: 'A leak.' }, person('U0RAVI'), world.adapters);
}
