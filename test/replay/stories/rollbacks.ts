import { europe, production } from '../../jobs/shop.ts';
import type { Happening } from '../story.ts';

const restoring = { type: 'step-started', step: `${europe}/restore` };

/** Ways a rollback goes. */
export const rollbacks: Record<string, Happening> = {
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
};
