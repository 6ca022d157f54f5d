import { afterEach, describe, expect, it } from 'vitest';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { person } from './forge-world.ts';
import { type ShipWorld, ship, startShipWorld } from './ship-world.ts';
import { checkout, staging } from './shop.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof startShipWorld>[0]): Promise<void> {
  world = await startShipWorld(options);
}

describe('what was shipped and merged', () => {
  describe('where a push to main is deployed by itself', () => {
    const push = { kind: 'trigger', source: 'github', id: 'delivery 1' } as const;

    async function readyThere(): Promise<void> {
      const github = { people: {}, ship, triggers: { kind: 'webhook' as const } };
      await shipping({ policy: { environments: [{ ...staging, triggers: { push: 'main' } }], github } });
      await world.readyToMerge();
    }

    async function mergedThere(): Promise<string> {
      await readyThere();
      await world.merge();
      const { merged } = await world.phase('deploying');
      await world.pass(20_000);
      expect(await world.store.history({ limit: 5 })).toEqual([]);
      return merged?.commit ?? '';
    }

    /** What a trigger would do. */
    async function pushed(commit: string): Promise<number> {
      const plan = aPlan({ to: aRelease({ commit }) });
      const event = aRequestedEvent({ service: 'checkout', environment: 'staging', plan });
      const deployment = await world.store.nextNumber();
      await world.store.commit([
        { kind: 'append', deployment, expect: 0, events: [event], by: push, cause: `push ${commit}` },
      ]);
      return deployment;
    }

    it('follows the deployment of exactly its commit, and asks for none', async () => {
      await pushed(await mergedThere());

      expect((await world.phase('finished')).deployment).toEqual({ number: 1, isByItself: true });
      await world.pass(200_000);
      expect(await world.store.history({ limit: 5 })).toHaveLength(1);
    });

    it('follows the deployment of a newer commit that contains its own', async () => {
      await mergedThere();
      await pushed(world.web.push('main', { files: { other: '1' } }));

      expect((await world.phase('finished')).deployment).toEqual({ number: 1, isByItself: true });
    });

    it('follows the deployment of a trigger that was quicker than the note of the merge', async () => {
      await readyThere();
      const { host } = world;
      const { merge } = host;
      host.merge = async (...request) => {
        const outcome = await merge(...request);
        if (outcome.kind === 'merged') await pushed(outcome.sha);
        await world.clock.sleep(1_000);
        return outcome;
      };

      await world.merge();

      expect((await world.phase('finished')).deployment).toEqual({ number: 1, isByItself: true });
      await world.pass(200_000);
      expect(await world.store.history({ limit: 5 })).toHaveLength(1);
    });

    it('follows the newer deployment that took the place of its own', async () => {
      const commit = await mergedThere();
      const own = await pushed(commit);
      const newer = await pushed(world.web.push('main', { files: { other: '1' } }));
      await world.store.commit([
        {
          ...{ kind: 'append', deployment: own, expect: 1, by: push, cause: 'superseded' },
          events: [{ type: 'superseded', by: newer, reason: 'A newer one was pushed.' }],
        },
      ]);

      expect((await world.phase('finished')).deployment).toEqual({ number: newer, isByItself: true });
    });

    it('asks for it at once where people hold what is deployed by itself', async () => {
      await readyThere();
      const { actor: by } = person();
      const place = { service: checkout.name, environment: staging.name };
      await world.store.commit([{ kind: 'hold-automatic', ...place, by }]);
      await world.merge();
      const { merged } = await world.phase('deploying');
      world.built(merged?.commit ?? '');

      const { deployment, endedAt = 0 } = await world.phase('finished');

      expect(deployment).toEqual({ number: 1, isByItself: false });
      expect(endedAt - (merged?.at ?? 0)).toBeLessThan(30_000);
    });

    it('asks for it where nothing came of the push', async () => {
      const commit = await mergedThere();
      world.built(commit);

      expect((await world.phase('finished')).deployment).toEqual({ number: 1, isByItself: false });
    });
  });

  it('is merged and not deployed where who merged it may not deploy there any more', async () => {
    await shipping();
    await world.readyToMerge();
    await world.merge(person('U0ELSE'));

    const { notDeployed } = await world.phase('finished');

    expect(notDeployed).toContain('<@U0ELSE>');
    expect(await world.store.history({ limit: 5 })).toEqual([]);
  });

  it('waits for the deployment that is under way there, and is deployed after it', async () => {
    await shipping();
    await world.readyToMerge();
    const other = await requestDeployment(
      { service: checkout, environment: staging, ref: 'v1.1.0' },
      person(),
      world.adapters,
    );
    expect(other.kind).toBe('requested');
    await world.merge();
    const { merged } = await world.phase('deploying');
    world.built(merged?.commit ?? '');

    const { deployment } = await world.phase('finished');

    expect(deployment?.number).toBe(2);
  });

  it('waits for its image where somebody else builds it, and is deployed after that', async () => {
    await shipping();
    await world.readyToMerge();
    await world.merge();
    const { merged } = await world.phase('deploying');

    await world.pass(30_000);
    expect((await world.shipment()).trouble).toContain('Its image is not built yet.');
    world.built(merged?.commit ?? '');

    expect(await world.phase('finished')).toMatchObject({ deployment: { number: 1 } });
  });

  it('is merged and not deployed where it does not run any more, and people are told how to go on', async () => {
    await shipping();
    await world.readyToMerge();
    const [service] = world.policy.services;
    if (service === undefined) throw new Error('There is no service');
    world.policy.services = [{ ...service, runs: {} }];
    await world.merge();

    const { merged } = await world.phase('finished');
    await world.pass(5_000);

    expect(world.said()).toContain('does not let checkout run in staging any more');
    expect(world.thread().join('\n')).toContain(
      `/forge deploy checkout staging ${merged?.commit.slice(0, 12)}`,
    );
  });

  it('is merged and not deployed, not refused, where forge.yml names its service no more', async () => {
    await shipping();
    await world.readyToMerge();
    await world.merge();
    await world.phase('deploying');
    world.policy.services = [];

    const { notDeployed, phase } = await world.phase('finished');

    expect(phase.kind).toBe('finished');
    expect(notDeployed).toContain('forge.yml has no checkout');
  });

  it('is merged and not deployed where its turn does not come for two weeks, and says what it waited for', async () => {
    await shipping();
    await world.readyToMerge();
    await world.merge();
    await world.until(({ trouble }) => trouble !== undefined);

    world.clock.jump(15 * 24 * 3_600_000);

    const { notDeployed } = await world.phase('finished');
    expect(notDeployed).toContain(
      'Nothing came of its deployment for two weeks. Its image is not built yet.',
    );
  });
});
