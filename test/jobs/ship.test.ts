import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { person } from './forge-world.ts';
import { createShipWorld, type ShipWorld, ship } from './ship-world.ts';
import { checkout, staging } from './shop.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof createShipWorld>[0]): Promise<void> {
  world = createShipWorld(options);
  await world.start();
  await world.ship();
}

/** Lena has approved it, and GitHub has had the time to begin its checks. */
async function readyToMerge(): Promise<void> {
  await world.followed();
  world.web.review(1, 'lena', 'approved');
  await world.ready();
}

describe('a branch that is shipped', () => {
  it('is checked, opened as a pull request, merged when somebody says so, and deployed as exactly that commit', async () => {
    await shipping();
    await readyToMerge();
    expect(world.web.pulls.get(1)).toMatchObject({
      state: 'open',
      labels: ['refactoring'],
      reviewersAsked: ['lena'],
    });
    expect(world.host.count('merge')).toBe(0);

    await world.merge();
    const { merged } = await world.phase('deploying');
    world.built(merged?.commit ?? '');
    const { deployment } = await world.phase('finished');

    const [deployed] = await world.store.history({ limit: 5 });
    expect(deployment).toEqual({ number: 1, isByItself: false });
    expect(deployed?.plan.to.commit).toBe(world.web.pulls.get(1).mergeCommit);
    expect(world.runner.requests[0]?.commit).toBe(world.first);
  });

  it('stops at the first check that fails, shows how it failed, and goes on by itself with a new commit', async () => {
    world = createShipWorld();
    world.runner.script('npm test', failed('one\nexpected a banner'), passed());
    await world.start();
    await world.ship();
    await world.phase('blocked');
    await world.pass(5_000);
    expect(world.host.count('createPullRequest')).toBe(0);
    expect(world.thread().join('\n')).toContain('expected a banner');
    expect(world.said()).toContain('Retry');

    world.web.push('feature/banner', { files: { 'index.js': 'three' }, message: 'Mend it' });
    await world.followed();

    expect(world.runner.requests.map(({ commit }) => commit)).toEqual([
      world.first,
      (await world.shipment()).head,
    ]);
  });

  it('goes on where somebody retries a check that failed', async () => {
    world = createShipWorld();
    world.runner.script('npm test', failed('flaky'), passed());
    await world.start();
    await world.ship();
    await world.phase('blocked');

    await world.retry();

    await world.followed();
  });

  it('ends a check of a commit that is not the branch’s any more', async () => {
    world = createShipWorld();
    world.runner.script('npm test', 'hang', passed());
    await world.start();
    await world.ship();
    await world.until(() => world.runner.hanging.length === 1);

    const second = world.web.push('feature/banner', { files: { 'index.js': 'three' } });
    await world.followed();

    expect(world.runner.hanging).toEqual([]);
    expect(world.runner.requests.map(({ commit }) => commit)).toEqual([world.first, second]);
  });

  it('is checked anew after a force-push, and says so', async () => {
    await shipping();
    await readyToMerge();

    world.web.push('other', { files: { 'index.js': 'forced' } }, 'main');
    world.web.point('feature/banner', 'other');
    await world.until(({ head }) => head !== world.first);
    await world.followed();
    await world.pass(5_000);

    expect(world.thread().join('\n')).toContain('pushed by force');
    expect(world.runner.requests).toHaveLength(2);
    expect((await world.shipment()).standing?.approvedBy).toEqual([]);
  });

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
    ['a draft', () => world.web.setDraft(1, true), 'It is a draft.'],
    ['conflicts', () => world.web.setMergeable(1, { mergeable: 'conflict' }), 'It conflicts with main.'],
    [
      'a rule',
      () => world.web.setMergeable(1, { mergeable: 'blocked' }),
      'A rule of main on GitHub is not met.',
    ],
    [
      'a branch that is behind',
      () => world.web.setMergeable(1, { mergeable: 'behind' }),
      'main has moved on.',
    ],
    [
      'a failing check',
      () => world.web.setCheck('feature/banner', { name: 'lint', state: 'failed' }),
      'On GitHub lint did not pass.',
    ],
    [
      'a check that is late',
      () => world.web.setCheck('feature/banner', { name: 'lint', state: 'waiting' }),
      'On GitHub lint is not done yet.',
    ],
    [
      'changes that are wanted',
      () => world.web.review(1, 'ravi', 'changes-requested'),
      'ravi asked for changes.',
    ],
  ])('is not merged because of %s, says so, and is ready once that is over', async (_, happens, words) => {
    await shipping();
    await readyToMerge();

    happens();
    await world.until(({ standing }) => standing?.lacks.length !== 0);
    await world.pass(5_000);

    expect(world.said()).toContain(words);
    expect(world.said()).not.toContain('[Merge');
    await expect(world.merge()).rejects.toThrow(words);
  });

  it('is not merged when the branch moves between the click and the merge', async () => {
    await shipping();
    await readyToMerge();

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
    await readyToMerge();

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
    await readyToMerge();
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
    await readyToMerge();
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

  it('asks those for a review whom the CODEOWNERS of its base name, whatever the branch says', async () => {
    world = createShipWorld({ ship: { reviewers: 'codeowners' } });
    world.web.push('main', { files: { 'docs/CODEOWNERS': '*.md @nobody\n*.js @lena @acme/web' } });
    world.web.push('feature/banner', { files: { 'docs/CODEOWNERS': '* @friend' } });
    await world.start();
    await world.ship();

    await world.followed();

    expect(world.web.pulls.get(1).reviewersAsked).toEqual(['lena', 'acme/web']);
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

  it('ends while it is being checked when the branch is deleted', async () => {
    world = createShipWorld();
    world.runner.script('npm test', failed('no'));
    await world.start();
    await world.ship();
    await world.phase('blocked');

    world.web.deleteBranch('feature/banner');

    await world.phase('branch-gone');
  });

  it('stops when somebody cancels it, ends what runs, and leaves the pull request open', async () => {
    await shipping();
    await readyToMerge();

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

  describe('where a push to main is deployed by itself', () => {
    const push = { kind: 'trigger', source: 'github', id: 'delivery 1' } as const;

    async function mergedThere(): Promise<string> {
      const github = { people: {}, ship, triggers: { kind: 'webhook' as const } };
      await shipping({ policy: { environments: [{ ...staging, triggers: { push: 'main' } }], github } });
      await readyToMerge();
      await world.merge();
      const { merged } = await world.phase('deploying');
      await world.pass(20_000);
      expect(await world.store.history({ limit: 5 })).toEqual([]);
      return merged?.commit ?? '';
    }

    /** What a trigger would do. */
    async function pushed(commit: string): Promise<void> {
      const plan = aPlan({ to: aRelease({ commit }) });
      const event = aRequestedEvent({ service: 'checkout', environment: 'staging', plan });
      const deployment = await world.store.nextNumber();
      await world.store.commit([
        { kind: 'append', deployment, expect: 0, events: [event], by: push, cause: `push ${commit}` },
      ]);
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

    it('asks for it where nothing came of the push', async () => {
      const commit = await mergedThere();
      world.built(commit);

      expect((await world.phase('finished')).deployment).toEqual({ number: 1, isByItself: false });
    });
  });

  it('is merged and not deployed where who merged it may not deploy there any more', async () => {
    await shipping();
    await readyToMerge();
    await world.merge(person('U0ELSE'));

    const { notDeployed } = await world.phase('finished');

    expect(notDeployed).toContain('<@U0ELSE>');
    expect(await world.store.history({ limit: 5 })).toEqual([]);
  });

  it('waits for the deployment that is under way there, and is deployed after it', async () => {
    await shipping();
    await readyToMerge();
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

  it('ends the check that runs when somebody cancels it', async () => {
    world = createShipWorld();
    world.runner.script('npm test', 'hang');
    await world.start();
    await world.ship();
    await world.until(() => world.runner.hanging.length === 1);

    await world.cancel();
    await world.pass(1_000);

    expect(world.runner.hanging).toEqual([]);
    expect(world.reports).toEqual([]);
  });

  it('waits for its image where somebody else builds it, and is deployed after that', async () => {
    await shipping();
    await readyToMerge();
    await world.merge();
    const { merged } = await world.phase('deploying');

    await world.pass(30_000);
    expect((await world.shipment()).trouble).toBe('Its image is not built yet.');
    world.built(merged?.commit ?? '');

    expect(await world.phase('finished')).toMatchObject({ deployment: { number: 1 } });
  });

  it('keeps what people write around Forge’s part of the description, and describes each new commit', async () => {
    await shipping();
    await world.followed();
    await world.pass(10_000);
    const kept = world.web.pulls.kept(1);
    kept.body = `Lena’s words above\n\n${kept.body}\n\nand below`;
    const edited = kept.body.replace('Show a banner', 'Show it');
    kept.body = edited;
    await world.pass(60_000);
    expect(world.web.pulls.get(1).body).toBe(edited);

    world.web.push('feature/banner', { files: { 'README.md': 'more' }, message: 'Say more about it' });
    await world.until(({ head }) => head !== world.first);
    await world.followed();
    await world.pass(10_000);

    const { body } = world.web.pulls.get(1);
    expect(body).toMatch(/^Lena’s words above/u);
    expect(body).toMatch(/and below$/u);
    expect(body).toContain('Say more about it');
    expect(body.match(/Forge writes/gu)).toHaveLength(1);
  });

  it('says why GitHub does not let it open a pull request, and opens it when somebody retries', async () => {
    world = createShipWorld();
    world.host.failNext(
      'createPullRequest',
      new CodeHostRefused('Forge may not write pull requests.', 'forbidden'),
    );
    await world.start();
    await world.ship();
    await world.phase('blocked');
    await world.pass(5_000);
    expect(world.said()).toContain('Forge may not write pull requests.');

    await world.retry();

    await world.followed();
  });

  it('ends after two weeks without any news', async () => {
    await shipping();
    await world.followed();

    world.clock.jump(15 * 24 * 3_600_000);

    await world.phase('expired');
  });
});
