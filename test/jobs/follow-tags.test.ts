import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Followed } from '../../src/domain/automatic.ts';
import { aPolicy } from '../builders.ts';
import {
  createFollowWorld,
  type FollowWorld,
  followPolicy,
  production,
  staging,
  ZEROS,
} from './follow-world.ts';

let world: FollowWorld;
beforeEach(async () => {
  world = await createFollowWorld();
  await world.start();
});
afterEach(() => world.close());

function followed(environment: string): Promise<Followed[]> {
  return world.store.followedIn({ service: 'api', environment });
}

describe('a tag', () => {
  it('is deployed where tags are, and of several the greatest version', async () => {
    const commit = world.push();
    for (const tag of ['v1.9.0', 'v1.10.0', 'v1.10.0-rc.1']) world.repository.tag(tag, commit);
    await world.store.commit([{ kind: 'see-refs', repository: 'acme/api', refs: {} }]);

    await world.look();
    await world.pass();

    expect((await world.all()).filter((one) => one.environment === 'production')).toMatchObject([
      { ref: 'v1.10.0', pushed: { ref: 'refs/tags/v1.10.0' } },
    ]);
    expect((await followed('production')).map(({ ref, outcome }) => `${ref} ${outcome}`).sort()).toEqual([
      'refs/tags/v1.10.0 requested',
      'refs/tags/v1.10.0-rc.1 older',
      'refs/tags/v1.9.0 older',
    ]);
  });

  it('of a lower version than one that was asked for is told, and not deployed', async () => {
    const commit = world.push();
    world.repository.tag('v1.3.0', commit);
    world.repository.tag('v1.2.9', commit);
    await world.told({ commit, ref: 'refs/tags/v1.3.0', before: ZEROS });
    await world.pass();

    await world.told({ commit, ref: 'refs/tags/v1.2.9', before: ZEROS });
    await world.pass();

    expect(await world.asked('production')).toEqual([commit]);
    expect(await world.announced()).toEqual(['C0PRODUCTION automatic-not-deployed']);
  });

  it('that was moved deploys nothing, and is told', async () => {
    const first = world.push();
    world.repository.tag('v1.2.0', first);
    await world.told({ commit: first, ref: 'refs/tags/v1.2.0', before: ZEROS });
    await world.pass();
    const second = world.push();
    world.repository.tag('v1.2.0', second);

    await world.told({ commit: second, ref: 'refs/tags/v1.2.0', before: first });
    await world.pass();

    expect(await world.asked('production')).toEqual([first]);
    const [last] = (await followed('production')).slice(-1);
    expect(last).toMatchObject({ outcome: 'moved', says: expect.stringContaining(second.slice(0, 7)) });
  });

  it('that was moved before Forge ever dealt with it deploys nothing either', async () => {
    const first = world.push();
    world.repository.tag('v1.2.0', first);
    await world.look();
    const second = world.push();
    world.repository.tag('v1.2.0', second);

    await world.look();
    await world.pass();

    expect(await world.asked('production')).toEqual([]);
    expect(await world.announced()).toContain('C0PRODUCTION automatic-not-deployed');
  });

  it('that was moved and put back before Forge looked deploys nothing, told once or twice', async () => {
    const first = world.push();
    const second = world.push();
    world.repository.tag('v1.2.0', first);
    await world.stop();
    await world.told({ commit: second, ref: 'refs/tags/v1.2.0', before: first });

    await world.start();
    await world.pass();
    await world.told({ commit: first, ref: 'refs/tags/v1.2.0', before: second });
    await world.pass();

    expect(await world.asked('production')).toEqual([]);
  });

  it('is found though a branch has its name', async () => {
    const commit = world.push();
    world.repository.tag('v1.2.0', commit);
    world.push('v1.2.0', 'main');

    await world.told({ commit, ref: 'refs/tags/v1.2.0', before: ZEROS });
    await world.pass();

    expect(await world.asked('production')).toEqual([commit]);
  });
});

describe('looking at all refs', () => {
  it('deploys nothing at the first sight of a repository', async () => {
    const commit = world.push();
    world.repository.tag('v1.0.0', commit);

    await world.look();
    await world.pass();

    expect(await world.all()).toEqual([]);
  });

  it('finds a push that nobody told of, and asks once for one that was told as well', async () => {
    await world.look();
    world.push();
    await world.look();
    const lost = world.push();
    await world.look();
    await world.look();
    await world.pass();
    await world.told({ commit: lost });
    await world.pass();

    expect((await world.asked()).at(-1)).toBe(lost);
    expect((await world.asked()).filter((commit) => commit === lost)).toHaveLength(1);
  });

  it('leaves what is no longer followed by policy alone', async () => {
    world.push();
    await world.look();
    const { triggers: _none, ...quiet } = staging;
    const silent = await createFollowWorld(aPolicy({ ...followPolicy, environments: [quiet, production] }));
    await silent.start();
    silent.push();
    await silent.look();
    silent.push();

    await silent.look();
    await silent.pass();

    expect(await silent.all()).toEqual([]);
    await silent.close();
  });
});
