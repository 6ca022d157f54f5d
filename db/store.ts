import type { Clock } from '../src/ports/clock.ts';
import type { Store } from '../src/ports/store.ts';
import { createAnnouncements } from './announcements.ts';
import { createArrivals } from './arrivals.ts';
import { createAutomatics } from './automatics.ts';
import { createChangeWriter } from './changes.ts';
import { createCheckResults } from './check-results.ts';
import type { Database } from './database.ts';
import { createDeploymentRecords } from './deployment-records.ts';
import { createDeploymentReader } from './deployments.ts';
import { nextFreeze, readFreeze, readFreezesAhead } from './freezes.ts';
import { nextLock, readLock, readLocksAt } from './locks.ts';
import { createPosts } from './posts.ts';
import { createRecurrings } from './recurrings.ts';
import { readRestrictionRecords } from './restriction-records.ts';
import { createShipments } from './shipments.ts';
import { readTraffic } from './traffic.ts';

export function createStore(database: Database, { clock }: { clock: Clock }): Store {
  const writeChanges = createChangeWriter(database, clock);
  const reader = createDeploymentReader(database);
  return {
    async commit(changes) {
      const result = database.write(() => writeChanges(changes));
      if (result === 'committed') database.announce();
      return result;
    },
    nextNumber: async () => reader.nextNumber(),
    deployment: async (number) => reader.load(number),
    events: async (number) => reader.events(number),
    unfinished: async (filter = {}) => reader.unfinished(filter),
    succeeded: async (place) => reader.succeeded(place),
    history: async (filter) => reader.history(filter),
    traffic: async (target) => readTraffic(database, target),
    ...createArrivals(database, clock),
    ...createPosts(database),
    nextFreeze: async () => nextFreeze(database),
    nextLock: async () => nextLock(database),
    freeze: async (id) => readFreeze(database, id),
    lock: async (id) => readLock(database, id),
    freezesAhead: async (at) => readFreezesAhead(database, at),
    locksAt: async (at) => readLocksAt(database, at),
    restrictionRecords: async (id) => readRestrictionRecords(database, id),
    ...createAnnouncements(database),
    ...createRecurrings(database),
    ...createDeploymentRecords(database),
    ...createShipments(database),
    ...createAutomatics(database),
    ...createCheckResults(database),
  };
}
