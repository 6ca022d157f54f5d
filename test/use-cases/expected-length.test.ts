import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { expectedLength } from '../../src/use-cases/expected-length.ts';
import {
  anEnvironmentPolicy,
  aPerson,
  aPlanFor,
  aRegion,
  aRequestedEvent,
  aRun,
  aServicePolicy,
  aTiming,
} from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';

const regions = [aRegion, 'us-east-1'];
const service = aServicePolicy({
  runs: { production: regions.map((region) => aRun({ region })) },
});
const timing = aTiming({ settle: 15_000 });

function aStore() {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  onTestFinished(() => database.close());
  const store = createStore(database, { clock });
  const happens = (deployment: number, events: DeploymentEvent[], expect: number | 'any' = 'any') =>
    store.commit([
      { kind: 'append', deployment, expect, events, by: aPerson, cause: `${events[0]?.type} ${clock.now()}` },
    ]);

  /** A deployment whose first step in each region took so long. Seconds. */
  async function deployed(deployment: number, seconds: number, undoes?: number): Promise<void> {
    const requested = aRequestedEvent({
      plan: aPlanFor(regions),
      ...(undoes === undefined ? {} : { undoes }),
    });
    await happens(deployment, [requested], 0);
    await happens(deployment, [{ type: 'checking' }, { type: 'started' }]);
    for (const region of regions) {
      const step = `${region}/start`;
      await happens(deployment, [{ type: 'step-started', step }]);
      await clock.advance(seconds * 1_000);
      await happens(deployment, [{ type: 'step-finished', step }]);
    }
    await happens(deployment, [{ type: 'succeeded' }]);
  }
  return { store, deployed };
}

describe('how long a deployment will take', () => {
  it('is what the last one took in each region', async () => {
    const { store, deployed } = aStore();
    await deployed(1, 400);

    const length = await expectedLength({ service, environment: anEnvironmentPolicy() }, { store, timing });

    expect(length).toEqual({ [aRegion]: 410, 'us-east-1': 410 });
  });

  it('is not what a rollback took', async () => {
    const { store, deployed } = aStore();
    await deployed(1, 400);
    await deployed(2, 30, 1);

    const length = await expectedLength({ service, environment: anEnvironmentPolicy() }, { store, timing });

    expect(length[aRegion]).toBe(410);
  });

  it('before the first one comes from the steps of the strategy', async () => {
    const { store } = aStore();
    const colours = {
      blue: { service: 'blue', targetGroup: 'tg-blue' },
      green: { service: 'green', targetGroup: 'tg-green' },
      rules: ['rule'],
      preview: { header: 'x-preview', valueFrom: 'PREVIEW' },
    };
    const { service: _one, ...run } = aRun();
    const coloured = aServicePolicy({ runs: { production: [{ ...run, colours }] } });
    const steps = [50, 100].map((weight) => ({ weight, bake: 600_000 }));
    const environment = anEnvironmentPolicy({ strategy: { kind: 'canary', steps } });

    expect(await expectedLength({ service: coloured, environment }, { store, timing })).toEqual({
      [aRegion]: 160 + 2 * 615,
    });
    expect(await expectedLength({ service, environment: anEnvironmentPolicy() }, { store, timing })).toEqual({
      [aRegion]: 160,
      'us-east-1': 160,
    });
  });
});
