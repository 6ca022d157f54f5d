import type { PutBackRequest } from '../../jobs/put-back.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { planDeployment } from '../../src/strategies/plan-deployment.ts';
import { aLive } from '../builders.ts';
import { type ForgeWorld, person } from '../jobs/forge-world.ts';
import {
  checkout,
  europe,
  giveLive,
  production,
  releaseOf,
  staging,
  targetIn,
  timing,
} from '../jobs/shop.ts';
import { stick } from '../jobs/stick.ts';

/** Something that happens to deployments, in a world in which v1.0.0 is live. It resolves when all of it is over. */
type Story = (world: ForgeWorld) => Promise<unknown>;

const started = { type: 'step-started', step: `${europe}/start` } as const;
const restoring = { type: 'step-started', step: `${europe}/restore` };

/** Every way a deployment goes that leaves other operations in a journal. */
export const stories: Record<string, Story> = {
  success: (world) => world.deploy('v1.1.0'),
  'success after a while': (world) => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 12 });
    return world.deploy('v1.1.0');
  },
  'two regions': (world) => world.deploy('v1.1.0', { environment: production }),
  'refused by a check': async (world) => {
    await world.request('v1.1.0');
    world.platform.break({ method: 'live', kind: 'refused' });
    await world.ended(1);
  },
  'silence while it is checked': async (world) => {
    await world.request('v1.1.0');
    world.platform.break({ method: 'live', kind: 'unavailable' });
    await world.ended(1);
  },
  'aborted while it is checked': async (world) => {
    const aborted = world.upon({ type: 'checking' }, () => world.abort(1));
    await world.deploy('v1.1.0');
    await aborted;
  },
  'failed and put back': (world) => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    return world.deploy('v1.1.0');
  },
  'smoke test failed and put back': (world) => {
    world.smoke.always({ kind: 'failed', reason: 'GET / answered 500' });
    return world.deploy('v1.1.0');
  },
  'failed in the second region and put back': (world) => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' }, europe);
    return world.deploy('v1.1.0', { environment: production });
  },
  'aborted and put back': async (world) => {
    const aborted = world.upon(started, () => world.abort(1));
    await world.deploy('v1.1.0');
    await aborted;
  },
  'aborted, and AWS silent while it is put back': async (world) => {
    const aborted = world.upon(started, () => world.abort(1));
    world.platform.break({ method: 'restore', kind: 'unavailable', times: 20 });
    await world.deploy('v1.1.0');
    await aborted;
  },
  'held and resumed': async (world) => {
    await held(world);
    await world.resume(1);
    world.platform.mend();
    await world.ended(1);
  },
  'held and aborted': async (world) => {
    await held(world);
    await world.abort(1);
    world.platform.mend();
    await world.ended(1);
  },
  'held until AWS answers': async (world) => {
    await held(world);
    world.platform.mend();
    await world.ended(1);
  },
  'held and nobody answers': async (world) => {
    await held(world);
    await world.until(async () => (await world.eventTypes(1)).includes('abort-requested'));
    world.platform.mend();
    await world.ended(1);
  },
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
  'held and aborted, and somebody else was there': async (world) => {
    await held(world);
    giveLive(world.platform, 'v1.2.0', staging);
    await world.abort(1);
    world.platform.mend();
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
  'replaced by somebody else': async (world) => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    const progressed = { type: 'step-progressed', step: started.step };
    const replaced = world.upon(progressed, () => giveLive(world.platform, 'v1.2.0', staging));
    await world.deploy('v1.1.0');
    await replaced;
  },
  rollback: async (world) => {
    await world.deploy('v1.1.0');
    await world.undone(1);
  },
  'rollback in two regions': async (world) => {
    await world.deploy('v1.1.0', { environment: production });
    await world.undone(1);
  },
  'rollback while AWS is silent': async (world) => {
    await world.deploy('v1.1.0');
    const broken = world.upon(restoring, () =>
      world.platform.break({ method: 'health', kind: 'unavailable' }),
    );
    await world.undo(1);
    await broken;
    await world.until(async () => (await world.deployment(2)).trouble !== undefined);
    world.platform.mend();
    await world.ended(2);
  },
  'rollback whose smoke test fails': async (world) => {
    await world.deploy('v1.1.0');
    world.smoke.always({ kind: 'failed', reason: 'GET / answered 500' });
    await world.undone(1);
  },
  'rollback aborted': async (world) => {
    await world.deploy('v1.1.0');
    const aborted = world.upon(restoring, () => world.abort(2));
    await world.undone(1);
    await aborted;
  },
  'put back in a run of its own': async (world) => {
    await lost(world);
    await world.ended(1);
  },
};

async function held(world: ForgeWorld): Promise<void> {
  await world.request('v1.1.0');
  const broken = world.upon(started, () => world.platform.break({ method: 'health', kind: 'unavailable' }));
  await broken;
  await world.untilPhase(1, 'held');
}

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
