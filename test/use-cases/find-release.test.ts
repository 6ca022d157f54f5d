import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { type CodeWorld, createCodeWorld } from '../jobs/code-world.ts';
import { europe, giveLive, releaseOf, staging } from '../jobs/shop.ts';

describe('a release that is asked for', () => {
  let world: CodeWorld;

  const begin = (options: Parameters<typeof createCodeWorld>[0] = {}) => {
    world = createCodeWorld(options);
  };
  afterEach(() => world.close());

  const planned = async (ref: string) => (await world.deployment(await world.ask(ref))).plan.to;

  it('is what a branch is at this moment, without digests where it is yet to be built', async () => {
    begin();

    expect(await planned('feature/banner')).toEqual({
      ...{ service: 'checkout', commit: world.head, version: world.head.slice(0, 12), digests: {} },
    });
  });

  it('is called by its tag', async () => {
    begin();
    world.web.tag('v2.0.0', world.head);

    expect(await planned('v2.0.0')).toMatchObject({ commit: world.head, version: 'v2.0.0', digests: {} });
  });

  it('is called by its tag also where its image is there already, unless the registry has a name for it', async () => {
    begin();
    world.publish(world.head);
    world.web.tag('v2.0.0', world.head);

    const { version, digests } = await planned('v2.0.0');

    expect(version).toBe('v2.0.0');
    expect(Object.keys(digests)).toEqual([europe]);
  });

  it('is found by the beginning of its commit', async () => {
    begin();

    expect(await planned(world.head.slice(0, 9))).toMatchObject({ commit: world.head });
  });

  it('has its digests where the image is there already', async () => {
    begin();
    world.publish(world.head);

    expect(Object.keys((await planned('feature/banner')).digests)).toEqual([europe]);
  });

  it('is the newest of a branch, and not what the registry has of it', async () => {
    begin();
    const now = world.web.push('main', { files: { 'index.js': 'newest' }, message: 'Newest' });

    expect(await planned('main')).toMatchObject({ commit: now, digests: {} });
  });

  it('that the registry knows by its version or commit is not asked of the code host', async () => {
    begin();

    expect(await planned('v1.1.0')).toMatchObject({ version: 'v1.1.0' });
    expect(world.host.calls).toEqual([]);
  });

  it('is the newest that the registry has where nobody names one', async () => {
    begin();
    const { environments, services } = world.policy;
    const [environment] = environments;
    const [service] = services;

    expect(environment?.branch).toBe('main');
    expect(service?.build?.ref).toBe('main');
    expect(world.host.calls).toEqual([]);
  });

  it('without an image is refused where nobody makes one, with what helps', async () => {
    begin({ isBuilt: false });

    await expect(world.ask('feature/banner')).rejects.toThrow(
      `Checkout has no image of ${world.head.slice(0, 12)}, which the branch “feature/banner” is now. Nothing was changed. Wait until its build has pushed one, then deploy again`,
    );
  });

  it('of a deleted branch is unknown', async () => {
    begin();
    world.web.deleteBranch('feature/banner');

    await expect(world.ask('feature/banner')).rejects.toThrow(
      'Checkout has no release called “feature/banner”.',
    );
  });

  it('that is live already by its commit is refused', async () => {
    begin();
    const { commit = '' } = releaseOf('v1.1.0');
    giveLive(world.platform, 'v1.1.0', staging);

    await expect(world.ask(commit)).rejects.toThrow('is live on Checkout in staging already');
  });

  it.each(['the whole commit', 'its beginning'])('of a fork is refused, by %s', async (how) => {
    begin();
    // GitHub tells of it through the repository it was forked from.
    const sha = world.web.history.add([world.head], { files: { 'index.js': 'theirs' } });

    await expect(world.ask(how === 'its beginning' ? sha.slice(0, 9) : sha)).rejects.toThrow(
      `The commit ${sha.slice(0, 12)} is on no branch and no tag of acme/checkout, so nobody knows whose it is: of a fork, or of a branch that was deleted or pushed by force. Nothing was changed. Push it to a branch or tag of acme/checkout, then deploy that.`,
    );
    expect(await world.store.history({ limit: 1 })).toEqual([]);
  });

  it('of which nobody can tell whether it is of a fork is refused', async () => {
    begin();
    world.host.belonging = async () => ({ kind: 'unclear', looked: 100, of: 734 });

    await expect(world.ask(world.head)).rejects.toThrow(
      'none of the 100 branches and tags it looked at has it, and there are 734. Nothing was changed. Name the branch or tag that it is on instead.',
    );
  });

  it('is found by a commit that a branch had before', async () => {
    begin();
    const [first] = [...world.web.history.branches.values()];
    world.web.push('main', { files: { 'index.js': 'newest' } });

    expect(await planned(first ?? '')).toMatchObject({ commit: first });
  });

  it('is a branch also where its name is how a release’s commit begins', async () => {
    begin();
    const { commit = '' } = releaseOf('v1.2.0');
    const name = commit.slice(0, 3);
    const sha = world.web.push(name, { files: { 'index.js': 'other' } }, 'main');

    expect(await planned(name)).toMatchObject({ commit: sha });
  });

  it('is not guessed while the code host is silent', async () => {
    begin();
    world.host.fail('ref');

    const asked = expect(world.ask('feature/banner')).rejects.toThrow(CodeHostUnavailable);
    await world.clock.advance(60_000);

    await asked;
  });
});
