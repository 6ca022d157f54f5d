import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { aPolicy } from '../builders.ts';
import { createFollowWorld, type FollowWorld, followPolicy, staging, ZEROS } from './follow-world.ts';

const minutes = 60_000;
const inStaging = { service: 'api', environment: 'staging' };

let world: FollowWorld;
afterEach(() => world.close());

/** Every branch is deployed to staging. */
const anyBranch = aPolicy({ ...followPolicy, environments: [{ ...staging, triggers: { push: '*' } }] });
const tags = aPolicy({ ...followPolicy, environments: [{ ...staging, triggers: { tag: '*' } }] });

async function begin(policy = followPolicy): Promise<void> {
  world = await createFollowWorld(policy);
  await world.start();
}

async function outcomes(): Promise<string[]> {
  const followed = await world.store.followedIn(inStaging);
  return followed.map(({ ref, outcome }) => `${ref} ${outcome}`);
}

describe('a push that waits for its image', () => {
  it('gives way to what is pushed to another branch after it, at once, and says so', async () => {
    await begin(anyBranch);
    const waiting = world.repository.push('a');
    await world.told({ commit: waiting, ref: 'refs/heads/a' });
    await world.pass(2 * minutes);
    const newer = world.push('b');

    await world.told({ commit: newer, ref: 'refs/heads/b' });
    await world.pass(30_000);
    world.build(waiting);
    await world.pass(minutes);

    expect(await world.asked()).toEqual([newer]);
    expect(await outcomes()).toEqual(['refs/heads/a older', 'refs/heads/b requested']);
    expect((await world.store.followed('P1'))?.says).toBe('b was pushed after it, and takes its place.');
    expect(await world.announced()).toEqual(['C0STAGING automatic-not-deployed']);
  });

  it('is the newest again where it is pushed once more', async () => {
    await begin(anyBranch);
    await world.told({ commit: world.repository.push('a'), ref: 'refs/heads/a' });
    await world.pass(minutes);
    const other = world.repository.push('b');
    const again = world.push('a');

    await Promise.all([
      world.told({ commit: other, ref: 'refs/heads/b' }),
      world.told({ commit: again, ref: 'refs/heads/a' }),
    ]);
    await world.pass(minutes);

    expect(await world.asked()).toEqual([again]);
  });

  it('gives way to a tag of a greater version, not to one of a lower', async () => {
    await begin(tags);
    const waiting = world.repository.push('main');
    world.repository.tag('v1.2.0', waiting);
    await world.told({ commit: waiting, ref: 'refs/tags/v1.2.0', before: ZEROS });
    await world.pass(minutes);
    const lower = world.push();
    world.repository.tag('v1.1.9', lower);
    await world.told({ commit: lower, ref: 'refs/tags/v1.1.9', before: ZEROS });
    await world.pass(minutes);
    expect(await world.asked()).toEqual([]);

    const greater = world.push();
    world.repository.tag('v1.3.0', greater);
    await world.told({ commit: greater, ref: 'refs/tags/v1.3.0', before: ZEROS });
    await world.pass(minutes);

    expect(await world.asked()).toEqual([greater]);
    expect((await outcomes()).sort()).toEqual([
      'refs/tags/v1.1.9 older',
      'refs/tags/v1.2.0 older',
      'refs/tags/v1.3.0 requested',
    ]);
  });

  it('has its time from when it was pushed, however long one before it has waited', async () => {
    await begin();
    await world.told({ commit: world.repository.push('main') });
    await world.pass(30 * minutes);
    const newer = world.repository.push('main');
    await world.told({ commit: newer });
    await world.pass(20 * minutes);
    expect(await world.announced()).toEqual([]);

    await world.pass(12 * minutes);

    expect(await outcomes()).toEqual(['refs/heads/main not-deployed']);
    expect(await world.store.lastFollowed({ ...inStaging, ref: 'refs/heads/main' })).toMatchObject({
      commit: newer,
    });
  });
});

describe('who pushed', () => {
  it('is waited for anew when the branch moves on while something else is waited for', async () => {
    await begin();
    await world.told({ commit: world.repository.push('main') });
    await world.pass(5 * minutes);
    const newer = world.push();
    await world.pass(20_000);

    await world.told({ commit: newer });
    await world.pass();

    expect((await world.all()).map(({ pushed }) => pushed?.person)).toEqual(['U0SAM']);
  });
});

describe('a push about which nobody answers', () => {
  it.each([
    [
      'GitHub',
      () => world.codeHost.fail('ref', new CodeHostUnavailable('No connection.')),
      () => world.codeHost.mend(),
    ],
    ['AWS', () => world.sourceControl.silence(true), () => world.sourceControl.silence(false)],
  ])(
    'is told once %s has been silent for the usual time, once, and is deployed after that',
    async (who, fail, mend) => {
      await begin();
      const commit = world.push();
      fail();

      await world.told({ commit });
      await world.pass(minutes);
      expect(await world.announced()).toEqual([]);
      await world.pass(5 * minutes);
      expect(await world.announced()).toEqual(['C0STAGING automatic-waits']);
      mend();
      await world.pass(minutes);

      expect(await world.asked()).toEqual([commit]);
      expect((await world.store.announcements(`api/staging/${who}/refs/heads/main`)).length).toBe(1);
    },
  );
});

describe('a ref that nobody may read', () => {
  it('is dealt with once it can be read, and what was asked for before is not asked for again', async () => {
    await begin();
    const commit = world.push();
    await world.told({ commit });
    await world.pass();
    world.codeHost.fail('ref', new CodeHostRefused('Forge may not read it.', 'forbidden'));
    await world.told({ commit });
    await world.pass();
    world.codeHost.mend();

    await world.told({ commit });
    await world.pass();

    expect(await world.asked()).toEqual([commit]);
    expect(await world.announced()).toEqual(['C0STAGING automatic-not-deployed']);
  });

  it('of a tag that has moved meanwhile deploys nothing', async () => {
    await begin(tags);
    const ref = 'refs/tags/v1.2.0';
    const first = world.push();
    world.repository.tag('v1.2.0', first);
    await world.told({ commit: first, ref, before: ZEROS });
    await world.pass();
    world.codeHost.fail('ref', new CodeHostRefused('Forge may not read it.', 'forbidden'));
    await world.told({ commit: first, ref, before: ZEROS });
    await world.pass();
    world.codeHost.mend();
    const second = world.push();
    world.repository.tag('v1.2.0', second);

    await world.told({ commit: second, ref, before: ZEROS });
    await world.pass();

    expect(await world.asked()).toEqual([first]);
    expect(await outcomes()).toEqual([`${ref} moved`]);
  });
});

describe('tags of other series', () => {
  it('are neither newer nor older than a version', async () => {
    await begin(tags);
    const first = world.push();
    world.repository.tag('vnext', first);
    await world.told({ commit: first, ref: 'refs/tags/vnext', before: ZEROS });
    await world.pass();
    const second = world.push();
    world.repository.tag('v1.2.0', second);

    await world.told({ commit: second, ref: 'refs/tags/v1.2.0', before: ZEROS });
    await world.pass();

    expect(await world.asked()).toEqual([first, second]);
  });

  it('say nothing of one that was moved: it still is the greatest', async () => {
    await begin(tags);
    const first = world.push();
    world.repository.tag('v1.2.0', first);
    await world.told({ commit: first, ref: 'refs/tags/v1.2.0', before: ZEROS });
    await world.pass();
    const second = world.push();
    world.repository.tag('v1.2.0', second);
    await world.told({ commit: second, ref: 'refs/tags/v1.2.0', before: first });
    await world.pass();
    world.repository.tag('v1.1.0', second);

    await world.told({ commit: second, ref: 'refs/tags/v1.1.0', before: ZEROS });
    await world.pass();

    expect(await world.asked()).toEqual([first]);
  });
});
