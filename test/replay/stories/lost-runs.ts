import type { PutBackRequest } from '../../../jobs/put-back.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { planDeployment } from '../../../src/strategies/plan-deployment.ts';
import { aLive } from '../../builders.ts';
import { type ForgeWorld, person } from '../../jobs/forge-world.ts';
import { checkout, europe, giveLive, releaseOf, staging, targetIn, timing } from '../../jobs/shop.ts';
import { stick } from '../../jobs/stick.ts';
import type { Happening } from '../story.ts';

const started = { type: 'step-started', step: `${europe}/start` } as const;

/** Deployments whose run was lost. */
export const lostRuns: Record<string, Happening> = {
  'stuck, held and resumed': async (world) => {
    await stuckAndHeld(world);
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    await world.resume(1);
    await world.ended(1);
  },
  'stuck, held and aborted': async (world) => {
    await stuckAndHeld(world);
    await world.abort(1);
    await world.ended(1);
  },
  'stuck, held and resumed, and somebody else was there': async (world) => {
    await stuckAndHeld(world);
    giveLive(world.platform, 'v1.2.0', staging);
    await world.resume(1);
    await world.ended(1);
  },
  'put back anew where putting back is stuck': async (world) => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'unavailable' }),
    );
    await world.request('v1.1.0');
    await world.untilPhase(1, 'rolling-back');
    await broken;
    await world.until(async () => (await activeRestore(world)) !== undefined);
    await stick(world, (await activeRestore(world)) ?? '');
    world.platform.mend();
    await world.start();
    await world.ended(1);
  },
  'rollback that is stuck and goes on': async (world) => {
    await world.deploy('v1.1.0');
    world.platform.behave('v1.0.0', { kind: 'stalling' });
    await world.undo(1);
    await world.until(async () => (await world.eventTypes(2)).includes('step-progressed'));
    await stick(world, 'deploy/2');
    world.platform.behave('v1.0.0', { kind: 'healthy', looks: 1 });
    await world.start();
    await world.ended(2);
  },
  'put back in a run of its own': async (world) => {
    await lost(world);
    await world.ended(1);
  },
};

/** As an update leaves it that does not fit the journal. */
async function stuckAndHeld(world: ForgeWorld): Promise<void> {
  world.platform.behave('v1.1.0', { kind: 'stalling' });
  await world.request('v1.1.0');
  await world.until(async () => (await world.eventTypes(1)).includes('step-progressed'));
  await stick(world, 'deploy/1');
  await world.start();
  await world.untilPhase(1, 'held');
}

async function activeRestore(world: ForgeWorld): Promise<string | undefined> {
  const runs = await world.engine().list({ statuses: ['active'] });
  return runs.find(({ job }) => job === 'restore-region')?.id;
}

/** A deployment whose own run is gone, with another run that puts it back. */
async function lost({ platform, store }: ForgeWorld): Promise<void> {
  const target = targetIn(staging);
  const { revision, version, digest } = platform.desired(target);
  const live = { [europe]: aLive({ revision, version, ...(digest === undefined ? {} : { digest }) }) };
  const release = releaseOf('v1.1.0');
  const plan = planDeployment({ service: checkout, environment: staging, live, timing, release });
  const { signal } = new AbortController();
  await platform.start(target, { on: 'only', release }, { signal });
  const input: PutBackRequest = { deployment: 1, because: 'failure', reason: 'a test' };
  const requested: DeploymentEvent = {
    ...{ type: 'requested', service: checkout.name, environment: staging.name },
    ...{ plan, channel: staging.channel },
  };
  await store.commit([
    {
      kind: 'append',
      deployment: 1,
      expect: 0,
      events: [requested, { type: 'checking' }, { type: 'started' }, started],
      by: person().actor,
      cause: 'lost',
    },
    { kind: 'start-run', id: 'put-back/1', job: 'put-back', input },
  ]);
}
