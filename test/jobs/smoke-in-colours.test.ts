import { afterEach, describe, expect, it } from 'vitest';
import type { SmokeResult } from '../../src/ports/smoke-probe.ts';
import { aServicePolicy } from '../builders.ts';
import { type ColouredWorld, createColouredWorld, quickly } from './coloured-shop.ts';

const unknownYet: SmokeResult = { kind: 'failed', reason: 'GET /version answered 503 instead of 200' };
let world: ColouredWorld;
afterEach(() => world.close());

describe('a release that is tried out through the preview rule', () => {
  it('is not failed while a node of the load balancer may not know its tasks yet', async () => {
    world = createColouredWorld({ timing: { ...quickly, settle: 5_000 } });
    world.smoke.next(...Array.from({ length: 4 }, () => unknownYet));

    await world.start();
    await world.begin();
    const deployment = await world.untilStep('eu-west-1/bake-25');

    // What was not answered as expected is not among what people are told was.
    const { tests, timesInARow } = aServicePolicy().smoke;
    expect(deployment.steps['eu-west-1/smoke']).toMatchObject({
      kind: 'finished',
      detail: `${tests.length * timesInARow} requests answered as expected`,
    });
  });

  it('is failed by the same answers once the load balancer has settled', async () => {
    world = createColouredWorld({ timing: { ...quickly, settle: 5_000 } });
    world.smoke.next(...Array.from({ length: 8 }, () => unknownYet));

    await world.start();
    await world.begin();
    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'rolled-back' });
    expect(world.smoke.requests.length).toBeGreaterThanOrEqual(6);
  });
});
