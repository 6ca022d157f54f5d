import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { failed } from '../fakes/command-runner.ts';
import { type CodeWorld, createCodeWorld, unitTests } from './code-world.ts';
import { europe, staging, targetIn } from './shop.ts';
import { stick } from './stick.ts';

describe('a release without an image', () => {
  let world: CodeWorld;

  const begin = async (options: Parameters<typeof createCodeWorld>[0] = {}) => {
    world = createCodeWorld(options);
    await world.start();
    return world;
  };
  afterEach(() => world.close());

  it('is built for exactly its commit, planned with the digest and deployed', async () => {
    await begin();
    world.makeImages();

    const deployment = await world.ended(await world.ask());

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.web.runs.dispatched).toMatchObject([
      { workflow: 'deploy.yml', ref: 'main', commit: world.head, correlation: 'forge-1-1' },
    ]);
    expect(deployment.plan.to).toEqual({
      service: 'checkout',
      commit: world.head,
      version: world.head.slice(0, 12),
      digests: { [europe]: `sha256:${world.head.slice(0, 32).repeat(2)}` },
    });
    expect(world.platform.desired(targetIn(staging)).version).toBe(world.head.slice(0, 12));
  });

  it('is built only after its checks have passed', async () => {
    await begin({ checks: [unitTests] });
    world.runner.script('npm test', failed('no'));

    await world.ask();
    await world.untilCheck(1, 'Unit tests', 'failed');

    expect(world.web.runs.dispatched).toEqual([]);
  });

  it('is asked about only once its image is known', async () => {
    const approvals = {
      needs: [{ from: 'release-manager', count: 1 }],
      within: 7_200_000,
      emergencyAlone: false,
    };
    await begin({ environment: { approvals } });
    world.makeImages();
    await world.ask();

    const { plan, approval } = await world.untilPhase(1, 'awaiting-approval');

    expect(Object.keys(plan.to.digests)).toEqual([europe]);
    expect(approval?.round).toBe(1);
  });

  it('is not built where somebody has made its image meanwhile', async () => {
    await begin();
    const begun = world.upon({ type: 'requested' }, () => world.publish(world.head));

    const deployment = await world.ended(await world.ask());
    await begun;

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.web.runs.dispatched).toEqual([]);
  });

  it('shows jobs and steps as they go', async () => {
    await begin();
    await world.ask();
    await world.until(() => world.web.runs.dispatched.length === 1);
    const steps = [{ name: 'Lint', state: 'passed' } as const, { name: 'Push', state: 'running' } as const];
    world.web.runs.set(1_000, { state: 'running', jobs: [{ name: 'Image', state: 'running', steps }] });

    const deployment = await world.until(async () => {
      const state = await world.deployment(1);
      return (state.build?.jobs.length ?? 0) > 0 && state;
    });

    expect(deployment.phase.kind).toBe('building');
    expect(deployment.build).toMatchObject({
      run: 1_000,
      url: 'https://github.test/acme/checkout/actions/runs/1000',
      jobs: [{ name: 'Image', state: 'running', step: 'Push', done: 1, of: 2 }],
    });
  });

  it('whose build fails says where with its last lines, and is built again when a person says so', async () => {
    await begin();
    await world.ask();
    await world.until(() => world.web.runs.dispatched.length === 1);
    const steps = [{ name: 'Test', state: 'failed' } as const];
    const job = { name: 'Image', state: 'failed', steps } as const;
    world.web.runs.set(1_000, { state: 'failed', jobs: [job], log: ['1 failing', 'exit 1'] });
    const { build } = await world.untilBuild(1, 'failed');
    world.makeImages();

    await world.retry(1);

    expect(build).toMatchObject({
      says: 'The job “Image” failed at the step “Test”.',
      tail: ['1 failing', 'exit 1'],
    });
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.web.runs.dispatched.map(({ correlation }) => correlation)).toEqual([
      'forge-1-1',
      'forge-1-2',
    ]);
  });

  it('whose build failed and nobody looks at is not started', async () => {
    await begin();
    await world.ask();
    await world.until(() => world.web.runs.dispatched.length === 1);
    world.web.runs.set(1_000, { state: 'cancelled' });

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'expired' });
    expect(await world.eventTypes(1)).toContain('check-reminded');
    expect(world.platform.changes).toEqual([]);
  });

  it('is cancelled on the code host when it is aborted', async () => {
    await begin();
    await world.ask();
    await world.until(async () => (await world.deployment(1)).build?.run !== undefined);

    await world.abort(1);

    expect((await world.ended(1)).phase.kind).toBe('aborted');
    await world.until(() => world.web.runs.dispatched[0]?.run.state === 'cancelled');
  });

  it('is cancelled when it is aborted before anybody knows its run', async () => {
    await begin();
    world.web.runs.isSlowToShow = true;
    world.web.runs.saysRun = false;
    await world.ask();
    await world.until(() => world.web.runs.dispatched.length === 1);

    await world.abort(1);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
    world.web.runs.isSlowToShow = false;

    await world.until(() => world.web.runs.dispatched[0]?.run.state === 'cancelled');
  });

  it.each([
    ['Forge has lost its run', () => stick(world, 'prepare/1'), 'refused'],
    [
      'Forge has lost its run and somebody aborts it',
      async () => {
        await stick(world, 'prepare/1');
        await world.abort(1);
      },
      'aborted',
    ],
  ])('is cancelled on the code host when %s', async (_why, lose, phase) => {
    await begin();
    await world.ask();
    await world.until(async () => (await world.deployment(1)).build?.run !== undefined);

    await lose();
    await world.start();

    expect((await world.ended(1)).phase.kind).toBe(phase);
    await world.until(() => world.web.runs.dispatched[0]?.run.state === 'cancelled');
  });

  it('is cancelled when Forge has lost its run before anybody knew that of the code host, which is silent at first', async () => {
    await begin();
    world.web.runs.isSlowToShow = true;
    world.web.runs.saysRun = false;
    await world.ask();
    await world.until(() => world.web.runs.dispatched.length === 1);
    world.host.fail('findRun', new CodeHostUnavailable('No connection.'), { times: 60 });

    await stick(world, 'prepare/1');
    await world.start();
    expect((await world.ended(1)).phase.kind).toBe('refused');
    world.web.runs.isSlowToShow = false;

    await world.until(() => world.web.runs.dispatched[0]?.run.state === 'cancelled');
  });

  it('is cancelled when the policy stops saying how it is made', async () => {
    await begin();
    await world.ask();
    await world.until(async () => (await world.deployment(1)).build?.run !== undefined);

    const services = world.policy.services.map(({ build: _none, ...service }) => service);
    Object.assign(world.policy, { services, version: 'policy 2' });

    expect((await world.ended(1)).phase).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('does not say any more how one is made'),
    });
    await world.until(() => world.web.runs.dispatched[0]?.run.state === 'cancelled');
  });

  it('is cancelled when it takes longer than it may', async () => {
    await begin({ service: { build: { workflow: 'deploy.yml', ref: 'main', within: 60_000 } } });
    await world.ask();

    const { build } = await world.untilBuild(1, 'failed');

    expect(build).toMatchObject({ says: 'It was not done within 60 s, so it was cancelled.' });
    expect(world.web.runs.dispatched[0]?.run.state).toBe('cancelled');
  });

  it('is asked for once where the code host takes the ask and its answer is lost', async () => {
    await begin();
    world.makeImages();
    world.web.runs.isSlowToShow = true;
    world.host.failNext('dispatch', new CodeHostUnavailable('The connection was lost.'), 'after');
    await world.ask();
    await world.until(() => world.web.runs.dispatched.length === 1);
    await world.clock.advance(20_000);
    world.web.runs.isSlowToShow = false;

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.web.runs.dispatched).toHaveLength(1);
  });

  it('is asked for again where the first ask never arrived', async () => {
    await begin();
    world.makeImages();
    world.host.failNext('dispatch', new CodeHostUnavailable('No connection.'));

    const deployment = await world.ended(await world.ask());

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.web.runs.dispatched).toHaveLength(1);
  });

  it('says in the words of the code host why it is not built', async () => {
    await begin();
    world.host.fail('dispatch', new CodeHostRefused('There is no workflow deploy.yml.', 'not-found'));
    await world.ask();

    const { build } = await world.untilBuild(1, 'failed');

    expect(build).toMatchObject({ says: 'There is no workflow deploy.yml.' });
  });

  it('whose run passes without an image is not started', async () => {
    await begin();
    world.web.runs.onDispatch = ({ run }) => {
      run.state = 'passed';
    };
    await world.ask();

    const { build } = await world.untilBuild(1, 'failed');

    expect(build).toMatchObject({
      says: expect.stringMatching(/^Run 1000 passed, but: The image of .* is not/u),
    });
  });

  it.each([
    ['another commit', 'f'.repeat(40), /was made from the commit ffffffffffff, which is another one/u],
    ['no commit', null, /it has no label `org\.opencontainers\.image\.revision`/u],
  ])('whose image says that it is of %s is not started', async (_what, revision, words) => {
    await begin();
    world.web.runs.onDispatch = ({ run, commit }) => {
      run.state = 'passed';
      world.publish(commit);
      world.sourceControl.setImage(commit, { revision });
    };
    await world.ask();

    const { build } = await world.untilBuild(1, 'failed');

    expect(build).toMatchObject({ says: expect.stringMatching(words) });
    expect(world.platform.changes).toEqual([]);
  });

  it('stays the commit it was asked for when its branch moves', async () => {
    await begin();
    world.makeImages();
    await world.ask();
    world.web.push('feature/banner', { files: { 'index.js': 'three' }, message: 'Another' });

    const deployment = await world.ended(1);

    expect(world.web.runs.dispatched).toMatchObject([{ commit: world.head }]);
    expect(deployment.plan.to.commit).toBe(world.head);
    const commit = world.head.slice(0, 12);
    expect(deployment.checks.map(({ detail }) => detail)).toContainEqual(
      expect.stringMatching(
        `^feature/banner has moved to [0-9a-f]{12} since; ${commit} is deployed, as it was asked for$`,
      ),
    );
  });

  it('is built though its branch is deleted', async () => {
    await begin();
    world.makeImages();
    await world.ask();
    world.web.deleteBranch('feature/banner');

    const deployment = await world.ended(1);
    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment.checks.map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining('feature/banner is not on GitHub any more'),
    );
  });
});
