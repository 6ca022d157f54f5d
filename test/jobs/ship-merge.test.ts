import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { type ShipWorld, startShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof startShipWorld>[0]): Promise<void> {
  world = await startShipWorld(options);
}

/** What GitHub says of whether it can be merged; without a word: how it really is. */
function says(mergeable?: 'conflict' | 'blocked' | 'behind' | 'unknown'): void {
  world.web.setMergeable(1, mergeable === undefined ? undefined : { mergeable });
}

function lints(state: 'passed' | 'failed' | 'waiting'): void {
  world.web.setCheck('feature/banner', { name: 'lint', state });
}

describe('the merge of a branch that is shipped', () => {
  it.each([
    ['its author', 'octocat', true],
    ['who asked Forge for it', 'maya', true],
    ['somebody whose word does not count', 'guest', false],
  ])('is not ready by the approval of %s', async (_, login, counts) => {
    await shipping();
    await world.followed();

    world.web.review(1, login, 'approved', counts);
    await world.pass(60_000);

    expect((await world.shipment()).standing?.lacks).toEqual([
      'It waits for the approval of one other person on GitHub.',
    ]);
    await expect(world.merge()).rejects.toThrow('was not merged. It waits for the approval');
  });

  it('needs nobody’s approval where the policy says so', async () => {
    await shipping({ ship: { reviews: 0 } });

    await world.ready();
  });

  it.each([
    ['a draft', () => world.web.setDraft(1, true), 'It is a draft.', () => world.web.setDraft(1, false)],
    ['conflicts', () => says('conflict'), 'It conflicts with main.', () => says()],
    ['a rule', () => says('blocked'), 'A rule of main on GitHub is not met.', () => says()],
    ['a branch that is behind', () => says('behind'), 'main has moved on.', () => says()],
    ['a failing check', () => lints('failed'), 'On GitHub lint did not pass.', () => lints('passed')],
    [
      'a check that is late',
      () => lints('waiting'),
      'On GitHub lint is not done yet.',
      () => lints('passed'),
    ],
    [
      'changes that are wanted',
      () => world.web.review(1, 'ravi', 'changes-requested'),
      'ravi asked for changes.',
      () => world.web.review(1, 'ravi', 'approved'),
    ],
  ])(
    'is not merged because of %s, says so, and is ready once that is over',
    async (_, happens, words, ends) => {
      await shipping();
      await world.readyToMerge();

      happens();
      await world.until(({ standing }) => standing?.lacks.length !== 0);
      await world.pass(5_000);
      expect(world.said()).toContain(words);
      expect(world.said()).not.toContain('[ Merge');
      await expect(world.merge()).rejects.toThrow(words);

      ends();
      await world.ready();
      await world.pass(5_000);
      expect(world.said()).toContain('[ Merge');
    },
  );

  it('is not merged when the branch moves between the click and the merge', async () => {
    await shipping();
    await world.readyToMerge();

    const asked = world.merge();
    world.web.push('feature/banner', { files: { 'index.js': 'sneaked in' } });
    await asked;
    await world.until(({ mergeRefused, head }) => mergeRefused !== undefined || head !== world.first);
    await world.followed();

    expect(world.web.pulls.get(1).state).toBe('open');
    expect((await world.types()).filter((type) => type === 'merged')).toEqual([]);
  });

  it('is not merged when somebody wants changes between the click and the merge, and says so', async () => {
    await shipping();
    await world.readyToMerge();

    const asked = world.merge();
    world.web.review(1, 'ravi', 'changes-requested');
    await asked;
    await world.until(({ mergeRefused }) => mergeRefused !== undefined);
    await world.pass(5_000);

    expect(world.web.pulls.get(1).state).toBe('open');
    expect(world.said()).toContain('It was not merged. ravi asked for changes.');
  });

  it('says why GitHub refuses the merge, and may be merged once that is mended', async () => {
    await shipping();
    await world.readyToMerge();
    world.host.failNext(
      'merge',
      new CodeHostRefused('GitHub does not let Forge write contents.', 'forbidden'),
    );

    await world.merge();
    await world.until(({ mergeRefused }) => mergeRefused !== undefined);
    await world.pass(5_000);
    expect(world.said()).toContain('It was not merged. GitHub does not let Forge write contents.');
    await world.merge();

    await world.phase('deploying');
  });

  it('is not merged when the branch moves at the very moment of the merge', async () => {
    await shipping();
    await world.readyToMerge();
    const { host, web } = world;
    const { merge } = host;
    host.merge = (...request) => {
      web.push('feature/banner', { files: { 'index.js': 'sneaked in' } });
      return merge(...request);
    };

    await world.merge();
    await world.until(({ mergeRefused, head }) => mergeRefused !== undefined || head !== world.first);

    expect(web.pulls.get(1).state).toBe('open');
  });

  it('goes on where somebody merges it on GitHub', async () => {
    await shipping();
    await world.followed();

    const commit = world.web.mergeByHand(1, 'lena');
    world.built(commit);
    const { merged } = await world.phase('finished');
    await world.pass(5_000);

    expect(merged).toMatchObject({ commit, byHand: 'lena', by: { userId: 'U0MAYA' } });
    expect(world.host.count('merge')).toBe(0);
    expect(world.said()).toContain('by lena on GitHub');
  });

  it('waits where GitHub has to work out anew whether it can be merged, as after another merge', async () => {
    await shipping();
    await world.readyToMerge();

    const asked = world.merge();
    says('unknown');
    await asked;
    await world.pass(20_000);
    expect((await world.shipment()).phase.kind).toBe('merging');
    says();

    await world.phase('deploying');
    expect(await world.types()).not.toContain('merge-refused');
  });

  it('is not merged where GitHub does not work that out, and says so', async () => {
    await shipping();
    await world.readyToMerge();

    const asked = world.merge();
    says('unknown');
    await asked;

    const { mergeRefused } = await world.until(({ phase }) => phase.kind === 'following');
    expect(mergeRefused).toContain('GitHub is still working out');
    expect(world.host.count('merge')).toBe(0);
  });

  it('is somebody else’s where they merged another commit than the one that was shown', async () => {
    await shipping();
    await world.readyToMerge();

    const asked = world.merge();
    world.web.push('feature/banner', { files: { 'index.js': 'sneaked in' } });
    const commit = world.web.mergeByHand(1, 'lena');
    await asked;
    const { merged } = await world.phase('deploying');

    expect(merged).toMatchObject({ commit, byHand: 'lena' });
    expect(world.host.count('merge')).toBe(0);
  });

  it('says nothing of a refusal where the pull request was closed meanwhile', async () => {
    await shipping();
    await world.readyToMerge();

    const asked = world.merge();
    world.web.close(1);
    await asked;

    await world.phase('closed');
    expect(await world.types()).not.toContain('merge-refused');
  });
});
