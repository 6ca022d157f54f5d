import { afterEach, describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { type ShipWorld, ship, startShipWorld } from './ship-world.ts';
import { staging } from './shop.ts';

let world: ShipWorld;
afterEach(() => world.close());

const build: CheckPolicy = { name: 'CI', kind: 'github', check: 'build', within: 600_000, accepts: [] };

describe('a branch of which nobody can be sure', () => {
  it('is not opened as a pull request where nobody can tell whether it passes a check', async () => {
    world = await startShipWorld();
    world.runner.script('npm test', { kind: 'unavailable', reason: 'The disk is full.' });

    const { phase } = await world.phase('blocked');

    expect(phase).toMatchObject({ reason: expect.stringContaining('The disk is full.') });
    expect(world.web.pulls.all()).toEqual([]);
  });

  it.each([
    ['is not known to GitHub', undefined, 'CI: GitHub has no check called “build”'],
    ['was skipped', 'skipped', 'CI: “build” was skipped on GitHub, so nothing is known of it.'],
    ['is stale', 'stale', 'CI: GitHub has given up waiting for “build”.'],
  ] as const)('is not merged where a check that policy names %s', async (_, state, lack) => {
    world = await startShipWorld({ service: { checks: [build] } });
    await world.followed();
    if (state !== undefined) world.web.setCheck('feature/banner', { name: 'build', state });
    world.web.review(1, 'lena', 'approved');

    const { standing } = await world.until(
      ({ standing: now }) => now?.approvedBy.length === 1 && now.lacks.some((one) => one.startsWith(lack)),
    );

    expect(standing?.lacks).toHaveLength(1);
    await expect(world.merge()).rejects.toThrow('was not merged. CI: ');
  });

  it('is approved by nobody where GitHub lists not all its commits', async () => {
    world = await startShipWorld();
    const { compare } = world.host;
    world.host.compare = async (...asked) => ({ ...(await compare(...asked)), totalCommits: 500 });
    await world.followed();
    world.web.review(1, 'lena', 'approved');
    await world.pass(60_000);

    const { standing } = await world.shipment();

    expect(standing?.approvedBy).toEqual([]);
    expect(standing?.lacks).toContainEqual(expect.stringContaining('more commits than GitHub lists'));
  });

  it('is not merged into another branch than the one that was shown', async () => {
    world = await startShipWorld();
    await world.followed();
    world.web.push('release', { files: { 'a.js': 'x' } }, 'main');
    world.web.review(1, 'lena', 'approved');
    world.web.pulls.kept(1).base = 'release';

    await world.until(
      ({ standing }) => standing?.lacks.some((one) => one.includes('goes into release')) === true,
    );

    await expect(world.merge()).rejects.toThrow('It goes into release on GitHub now, not into main.');
  });

  it.each([
    ['opened it', 'forge[bot]'],
    ['pushed a commit of it in the name of another', 'mallory'],
  ])('is not approved by who %s', async (_, login) => {
    world = await startShipWorld();
    const { head } = await world.followed();
    const push = { repository: 'acme/checkout', ref: 'refs/heads/feature/banner', commit: head };
    await world.store.commit([{ kind: 'keep-push', push: { ...push, login: 'mallory' } }]);
    world.web.review(1, login, 'approved');
    await world.pass(60_000);

    expect((await world.shipment()).standing?.approvedBy).toEqual([]);
  });
});

describe('what was merged', () => {
  const push = { kind: 'trigger', source: 'github', id: 'delivery 1' } as const;
  const github = { people: {}, ship, triggers: { kind: 'webhook' as const } };

  async function pushed(commit: string): Promise<void> {
    const plan = aPlan({ to: aRelease({ commit }) });
    const event = aRequestedEvent({ service: 'checkout', environment: 'staging', plan });
    const deployment = await world.store.nextNumber();
    await world.store.commit([
      { kind: 'append', deployment, expect: 0, events: [event], by: push, cause: `push ${commit}` },
    ]);
  }

  it('is not taken for deployed by a deployment that does not contain it', async () => {
    world = await startShipWorld({
      policy: { environments: [{ ...staging, triggers: { push: 'main' } }], github },
    });
    const before = world.web.push('other', { files: { other: '1' } }, 'main');
    await world.readyToMerge();
    await world.merge();
    await world.phase('deploying');

    await pushed(before);
    await world.pass(30_000);

    expect((await world.shipment()).phase.kind).toBe('deploying');
  });
});
