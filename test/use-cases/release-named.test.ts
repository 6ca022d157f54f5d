import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { Live } from '../../src/domain/release.ts';
import type { Store } from '../../src/ports/store.ts';
import { releaseNamed } from '../../src/use-cases/release-named.ts';
import { aLive, aPerson, aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';

const place = { service: 'checkout', environment: 'production' };
const [europe, america] = ['eu-west-1', 'us-east-1'];
const commit = 'abad1dea'.padEnd(40, '0');

describe('the release that a person names for a rollback', () => {
  let database: Database;
  let store: Store;
  beforeEach(() => {
    database = openDatabase(':memory:');
    store = createStore(database, { clock: createFakeClock() });
  });
  afterEach(() => database.close());

  it('is found by its version, its commit, or seven digits of it in whatever letters', async () => {
    const undoes = await replaced({ [europe]: aLive({ version: 'v1.0.0', commit, revision: 'one' }) });

    for (const name of ['v1.0.0', commit, 'abad1de', 'ABAD1DE']) {
      expect(await named(name, undoes)).toEqual({ [europe]: 'one' });
    }
    await expect(named('abad1d', undoes)).rejects.toThrow('Forge has not seen “abad1d” run on checkout');
  });

  it('is the revision of it that ran there last', async () => {
    await replaced({ [europe]: aLive({ version: 'v1.0.0', revision: 'one' }) });
    await replaced({ [europe]: aLive({ version: 'v1.0.0', revision: 'another' }) });
    const undoes = await replaced({ [europe]: aLive({ version: 'v1.5.0', revision: 'two' }) });

    expect(await named('v1.0.0', undoes)).toEqual({ [europe]: 'another' });
  });

  it('is rather what the deployment replaced that is to be undone than what a later one did', async () => {
    const undoes = await replaced({ [europe]: aLive({ version: 'v1.0.0', revision: 'one' }) });
    await replaced({ [europe]: aLive({ version: 'v1.0.0', revision: 'another' }) });

    expect(await named('v1.0.0', undoes)).toEqual({ [europe]: 'one' });
  });

  it('must have run in every region', async () => {
    const other = aLive({ version: 'v1.5.0', revision: 'two' });
    await replaced({ [europe]: aLive({ version: 'v1.0.0', revision: 'one' }), [america]: other });
    const undoes = await replaced({ [europe]: other, [america]: other });

    await expect(named('v1.0.0', undoes)).rejects.toThrow(
      'Forge has not seen “v1.0.0” run on checkout in production in every region',
    );
    expect(await named('v1.5.0', undoes)).toEqual({ [europe]: 'two', [america]: 'two' });
  });

  it('is not the one that is live', async () => {
    const undoes = await replaced({ [europe]: aLive() });

    await expect(named('v2.0.0', undoes)).rejects.toThrow('there is nothing to roll back to');
  });

  it('is looked for where it is to go only', async () => {
    await replaced({ [europe]: aLive({ version: 'v1.0.0' }) }, { service: 'billing' });
    await replaced({ [europe]: aLive({ version: 'v1.0.0' }) }, { environment: 'staging' });
    const undoes = await replaced({ [europe]: aLive({ version: 'v1.5.0' }) });

    await expect(named('v1.0.0', undoes)).rejects.toThrow('type `/forge deploy checkout production v1.0.0`');
  });

  /** Another deployment, of v2.0.0, that found this live. */
  async function replaced(
    from: Record<string, Live>,
    elsewhere: { service?: string; environment?: string } = {},
  ): Promise<Deployment> {
    const number = await store.nextNumber();
    const plan = aPlan({ from, to: aRelease({ version: 'v2.0.0' }) });
    const event = aRequestedEvent({ ...place, plan, ...elsewhere });
    await store.commit([
      { kind: 'append', deployment: number, expect: 0, events: [event], by: aPerson, cause: 'asked' },
    ]);
    const deployment = await store.deployment(number);
    if (deployment === undefined) throw new Error('The deployment was not kept');
    return deployment;
  }

  /** The revision to put back in each region. */
  async function named(version: string, undoes: Deployment): Promise<Record<string, string>> {
    const found = await releaseNamed(version, { ...place, undoes }, store);
    return Object.fromEntries(Object.entries(found).map(([region, { revision }]) => [region, revision]));
  }
});
