import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayBegin, mayGoOn } from '../../jobs/region-times.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { placeFreeze } from '../../src/use-cases/freeze.ts';
import { aDeployment, aRequestedEvent } from '../builders.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { europe, shopPolicy } from './shop.ts';

const always = [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], from: 0, to: 1_440 }] as const;
const windows = {
  ...{ zone: 'UTC', zones: {}, avoided: [], forbidden: [], holidays: [], preferred: always },
  whenItCloses: 'hold' as const,
};
const environments = shopPolicy.environments.map((one) => ({ ...one, windows }));

describe('during a freeze', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld({ policy: { ...shopPolicy, environments } });
    const until = world.clock.now() + 3_600_000;
    await placeFreeze({ scope: {}, until, reason: 'the sale' }, person(), world.adapters);
  });
  afterEach(() => world.close());

  async function answers(request: { undoes?: number }, ...later: DeploymentEvent[]): Promise<string[]> {
    const environment = 'staging';
    const deployment = aDeployment([
      aRequestedEvent({ environment, ...request }),
      { type: 'started' },
      ...later,
    ]);
    const [step] = deployment.plan.steps;
    const begins = await mayBegin(deployment, europe, world.adapters);
    const goesOn = await mayGoOn(deployment, step?.id ?? '', world.adapters);
    return [begins.kind, goesOn.kind];
  }

  it('a deployment neither begins in a region nor goes on', async () => {
    expect(await answers({})).toEqual(['hold', 'hold']);
  });

  it('a rollback, and what is being aborted or put back, does both', async () => {
    const restoring = { type: 'restoring', because: 'failure', reason: 'too many errors' } as const;

    expect(await answers({ undoes: 141 })).toEqual(['open', 'open']);
    expect(await answers({}, { type: 'abort-requested' })).toEqual(['open', 'open']);
    expect(await answers({}, restoring)).toEqual(['open', 'open']);
  });
});
