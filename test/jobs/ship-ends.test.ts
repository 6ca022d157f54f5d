import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { type ShipWorld, startShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof startShipWorld>[0]): Promise<void> {
  world = await startShipWorld(options);
}

describe('a branch that is shipped', () => {
  it.each([
    ['the pull request is closed', () => world.web.close(1), 'closed'],
    [
      'the branch is deleted',
      () => {
        world.web.close(1);
        world.web.deleteBranch('feature/banner');
      },
      'branch-gone',
    ],
  ] as const)('ends when %s', async (_, happens, phase) => {
    await shipping();
    await world.followed();

    happens();

    await world.phase(phase);
  });

  it('stops when somebody cancels it, ends what runs, and leaves the pull request open', async () => {
    await shipping();
    await world.readyToMerge();

    await world.cancel();
    await world.pass(60_000);

    expect(await world.phase('cancelled')).toMatchObject({ phase: { by: { userId: 'U0MAYA' } } });
    expect(world.web.pulls.get(1).state).toBe('open');
    expect(world.thread().join('\n')).toContain('stays open');
    await expect(world.merge()).rejects.toThrow('S1 is over');
  });

  it('says that GitHub does not answer, and goes on by itself once it does', async () => {
    await shipping();
    await world.followed();

    world.host.fail('pullRequest');
    await world.until(({ trouble }) => trouble !== undefined);
    await world.pass(5_000);
    expect(world.said()).toContain('GitHub does not answer');
    world.host.mend();
    world.web.review(1, 'lena', 'approved');

    await world.ready();
    expect((await world.shipment()).trouble).toBeUndefined();
  });

  it('calls who asked where GitHub refuses what somebody has to mend, and goes on once that is done', async () => {
    await shipping();
    await world.followed();

    world.host.fail('checks', new CodeHostRefused('Forge may not read checks.', 'forbidden'));
    await world.until(({ trouble }) => trouble !== undefined);
    await world.pass(5_000);
    expect(world.thread().join('\n')).toContain('@U0MAYA> Forge may not read checks. Forge keeps asking.');
    world.host.mend();

    await world.until(({ trouble }) => trouble === undefined);
  });

  it('ends after two weeks without any news', async () => {
    await shipping();
    await world.followed();

    world.clock.jump(15 * 24 * 3_600_000);

    await world.phase('expired');
  });

  it.each([
    [
      'its service',
      () => {
        world.policy.services = [];
      },
      'forge.yml has no checkout of acme/checkout any more.',
    ],
    [
      'GitHub',
      () => {
        delete world.policy.github;
      },
      'forge.yml does not connect Forge to GitHub any more.',
    ],
  ])(
    'is refused once forge.yml names %s no more, and people are told how to go on',
    async (_, happens, words) => {
      await shipping();
      await world.followed();

      happens();
      const { phase } = await world.phase('refused');

      expect(phase).toEqual({
        kind: 'refused',
        reason: `${words} What is on GitHub stays as it is. Ship the branch again once that is mended.`,
      });
    },
  );
});
