import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { createShipWorld, type ShipWorld, startShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof startShipWorld>[0]): Promise<void> {
  world = await startShipWorld(options);
}

describe('the pull request of a branch that is shipped', () => {
  it('asks those for a review whom the CODEOWNERS of its base name, whatever the branch says', async () => {
    world = createShipWorld({ ship: { reviewers: 'codeowners' } });
    world.web.push('main', { files: { 'docs/CODEOWNERS': '*.md @nobody\n*.js @lena @acme/web' } });
    world.web.push('feature/banner', { files: { 'docs/CODEOWNERS': '* @friend' } });
    await world.start();
    await world.ship();

    await world.followed();

    expect(world.web.pulls.get(1).reviewersAsked).toEqual(['lena', 'acme/web']);
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

  it('is not described as checked any more once a new commit is not', async () => {
    world = createShipWorld();
    world.runner.script('npm test', passed(), failed('no banner'));
    await world.start();
    await world.ship();
    await world.followed();
    await world.pass(10_000);
    expect(world.web.pulls.get(1).body).toContain(':white_check_mark: Unit tests');

    world.web.push('feature/banner', { files: { 'index.js': 'three' }, message: 'Break it' });
    await world.phase('blocked');
    await world.pass(10_000);

    const { body } = world.web.pulls.get(1);
    expect(body).toContain('Break it');
    expect(body).toContain(':x: Unit tests');
    expect(body).not.toContain(':white_check_mark:');
  });

  it('is described by the new commit alone while that is checked', async () => {
    world = createShipWorld();
    world.runner.script('npm test', passed(), 'hang');
    await world.start();
    await world.ship();
    await world.followed();
    await world.pass(10_000);

    world.web.push('feature/banner', { files: { 'index.js': 'three' }, message: 'Say more about it' });
    await world.until(() => world.runner.hanging.length === 1);

    const { body } = world.web.pulls.get(1);
    expect(body).toContain('Say more about it');
    expect(body).not.toContain('Unit tests');
  });

  it('tells what GitHub says of coverage and of scans, and where it goes', async () => {
    await shipping();
    await world.followed();

    world.web.setCheck('feature/banner', { name: 'codecov/project', state: 'passed', says: '92.1% (+0.2%)' });
    world.web.setCheck('feature/banner', { name: 'CodeQL', state: 'failed', says: '2 alerts' });
    world.web.setCheck('feature/banner', { name: 'Snyk', state: 'waiting' });
    await world.until(({ standing }) => standing?.checks.length === 3);
    await world.pass(5_000);

    const { body } = world.web.pulls.get(1);
    expect(body).toContain('- :white_check_mark: codecov/project: 92.1% (+0.2%)');
    expect(body).toContain('- :x: CodeQL: 2 alerts');
    expect(body).not.toContain('Snyk');
    expect(body).toContain('Once it is merged, it is deployed to staging.');
  });

  it('may be merged though GitHub does not take its description, which is told', async () => {
    await shipping();
    await world.followed();
    world.host.fail('describePullRequest', new CodeHostRefused('Forge may not describe it.', 'forbidden'));

    world.web.review(1, 'lena', 'approved');
    await world.ready();
    await world.until(({ trouble }) => trouble === undefined);
    await world.pass(10_000);

    expect(world.thread().join('\n')).toContain(
      'Forge may not describe it. That keeps nobody from merging it.',
    );
    expect(world.said()).toContain('[ Merge');
  });
});
