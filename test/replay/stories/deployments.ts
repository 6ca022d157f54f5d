import { europe, giveLive, production, staging } from '../../jobs/shop.ts';
import type { Happening } from '../story.ts';

const started = { type: 'step-started', step: `${europe}/start` };

/** Ways a deployment goes without anybody being asked. */
export const deployments: Record<string, Happening> = {
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
  'replaced by somebody else': async (world) => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    const progressed = { type: 'step-progressed', step: started.step };
    const replaced = world.upon(progressed, () => giveLive(world.platform, 'v1.2.0', staging));
    await world.deploy('v1.1.0');
    await replaced;
  },
};
