import { afterEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { isReplaceable, lookAtAutomatic } from '../../src/use-cases/automatic-request.ts';
import { followRefs } from '../../src/use-cases/follow-ref.ts';
import { toldPusherOf } from '../../src/use-cases/pushed-by.ts';
import { aDeployment, aRequestedEvent } from '../builders.ts';
import { createFollowWorld, type FollowWorld, followPolicy } from '../jobs/follow-world.ts';

let world: FollowWorld;
afterEach(() => world.close());

const signal = AbortSignal.timeout(10_000);
const place = { service: 'api', environment: 'staging' };

async function followed(ref: string, policy: Policy = followPolicy): Promise<string> {
  const { store, platform, sourceControl, codeHost, clock } = world;
  const { people } = world.world;
  const input = { ...place, refs: [{ ref }], isTold: false };
  const following = { policy, store, platform, sourceControl, codeHost, clock, people };
  return (await followRefs(input, {}, following, { signal })).kind;
}

describe('what was pushed', () => {
  it('is deployed, and not where policy has nothing deployed by itself any more', async () => {
    world = await createFollowWorld();
    const commit = world.push();
    const { github } = followPolicy;
    if (github === undefined) throw new Error('It has no code host');
    const { triggers: _triggers, ...byHand } = github;

    expect(await followed('refs/heads/main', { ...followPolicy, github: byHand })).toBe('done');
    expect(await world.asked()).toEqual([]);
    expect(await followed('refs/heads/main')).toBe('done');
    expect(await world.asked()).toEqual([commit]);
  });

  it('is left alone where policy does not follow its branch, and where that is gone', async () => {
    world = await createFollowWorld();
    world.push();
    world.push('other', 'main');

    expect(await followed('refs/heads/other')).toBe('done');
    world.repository.deleteBranch('main');
    expect(await followed('refs/heads/main')).toBe('done');
    expect(await world.asked()).toEqual([]);
  });

  it('is of whom policy names, whatever address the code host tells', async () => {
    world = await createFollowWorld();
    const email = 'maya@acme.example';
    const commit = world.push();
    world.addresses.set(email, ['U0MAYA']);
    await world.told({ commit, login: 'octocat', email });

    const of = { repository: 'acme/api', ref: 'refs/heads/main', commit };
    const { store, policy } = world;

    expect(await toldPusherOf(of, { store, policy, people: world.world.people })).toMatchObject({
      person: 'U0SAM',
    });
  });

  it('is not asked for where another has dealt with that branch meanwhile', async () => {
    world = await createFollowWorld();
    const pushed = { repository: 'acme/api', ref: 'refs/heads/main', commit: world.push() };

    expect(await lookAtAutomatic(place, { pushed, after: undefined }, world.store)).toBe('free');
    await followed('refs/heads/main');
    expect(await lookAtAutomatic(place, { pushed, after: undefined }, world.store)).toBe('repeated');
  });

  it('takes the place of what was pushed before it, and of nothing that has begun or was asked for by hand', async () => {
    world = await createFollowWorld();
    const pushed = { repository: 'acme/api', ref: 'refs/heads/main', commit: 'c0ffee'.padEnd(40, '0') };

    expect(isReplaceable(aDeployment([aRequestedEvent({ pushed })]))).toBe(true);
    expect(isReplaceable(aDeployment([aRequestedEvent({ pushed }), { type: 'started' }]))).toBe(false);
    expect(isReplaceable(aDeployment([aRequestedEvent()]))).toBe(false);
  });
});
