import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { arrivalsContract } from './store/arrivals.ts';
import { automaticsContract } from './store/automatics.ts';
import { commitContract } from './store/commit.ts';
import { deploymentsContract } from './store/deployments.ts';
import { publishingContract } from './store/publishing.ts';
import { recurringsContract } from './store/recurrings.ts';
import { restrictionsContract } from './store/restrictions.ts';
import { trafficContract } from './store/traffic.ts';

type OpenStore = { store: Store; close: () => void };

/** Of the test that runs now. */
export type StoreWorld = { store: () => Store; clock: () => FakeClock };

/** What every store must do. */
export function storeContract(open: (clock: Clock) => OpenStore): void {
  let clock: FakeClock;
  let store: Store;
  let close: () => void;

  beforeEach(() => {
    clock = createFakeClock();
    ({ store, close } = open(clock));
  });
  afterEach(() => close());

  const world = { store: () => store, clock: () => clock };
  commitContract(world);
  deploymentsContract(world);
  arrivalsContract(world);
  publishingContract(world);
  trafficContract(world);
  restrictionsContract(world);
  recurringsContract(world);
  automaticsContract(world);
}
