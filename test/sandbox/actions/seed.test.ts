import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededBuilds } from '../../../sandbox/aws/seed-images.ts';
import { readWorkflowFile } from '../../../sandbox/github/actions/workflow-file.ts';
import { bannerFix, seedRepositories } from '../../../sandbox/github/seed/repositories.ts';
import { type ActionsWorld, logOf, startActions } from './actions-world.ts';

const repositories = ['acme/api', 'acme/billing-worker'];

describe('the sample repositories', () => {
  let world: ActionsWorld;
  beforeAll(() => {
    world = startActions();
  });
  afterAll(() => world.close());

  it('are the same on every start', () => {
    const digests = [seedRepositories(), seedRepositories()].map((all) =>
      all.map(({ history }) => createHash('sha256').update(history).digest('hex')),
    );

    expect(digests[0]).toEqual(digests[1]);
  });

  it.each(repositories)('are sound: %s', (repository) => {
    expect(world.git(repository, 'fsck', '--strict', '--no-dangling', '--no-progress')).toBe('');
  });

  it('have a commit for every image there is', () => {
    const images = world.aws.images.map(({ repository, version, commit }) => ({
      repository,
      version,
      commit,
    }));

    expect(images.length).toBeGreaterThan(2 * seededBuilds.length);
    for (const { repository, version, commit } of images) {
      const name = repository.replace('acme-', 'acme/');
      expect(world.git(name, 'rev-parse', `${version}^{commit}`)).toBe(commit);
    }
  });

  it('have main at the newest version, and an older one before it', () => {
    expect(world.git('acme/api', 'rev-parse', 'main')).toBe(
      world.git('acme/api', 'rev-parse', 'v1.1.0^{commit}'),
    );
    expect(world.git('acme/api', 'rev-parse', 'main~1')).toBe(world.git('acme/api', 'rev-parse', 'v1.0.0'));
  });

  it('have a bad version on a branch of its own that says what it does', () => {
    expect(world.git('acme/api', 'show', 'feature/errors:src/behaviour.txt')).toBe('errors');
  });

  it('have the fix of the banner ready as a commit and as files', () => {
    const parent = world.git('acme/api', 'rev-parse', 'feature/banner-fixed~1');

    expect(parent).toBe(world.git('acme/api', 'rev-parse', bannerFix.branch));
    for (const [path, text] of Object.entries(bannerFix.files)) {
      expect(world.git('acme/api', 'show', `feature/banner-fixed:${path}`)).toBe(text.trim());
    }
  });

  it.each(repositories)('have workflows that can be run: %s', (repository) => {
    const read = (file: string) =>
      readWorkflowFile(world.git(repository, 'show', `main:.github/workflows/${file}`));

    expect(read('ci.yml')).toEqual({ name: 'CI', on: { push: { branches: ['**'] } } });
    expect(read('deploy.yml')).toMatchObject({
      name: 'Deploy',
      on: {
        workflow_dispatch: {
          inputs: {
            commit: { required: true, type: 'string' },
            correlation: { required: false, default: 'started by hand' },
            push: { type: 'boolean', default: 'true' },
          },
        },
      },
    });
  });

  it.each([
    ['acme/api', 'main', 'success'],
    ['acme/api', 'v0.9.0', 'success'],
    ['acme/api', 'feature/banner', 'failure'],
    ['acme/api', 'feature/banner-fixed', 'success'],
    ['acme/api', 'feature/drop-column', 'success'],
    ['acme/billing-worker', 'main', 'success'],
  ])('are checked for real: %s at %s is a %s', async (repository, ref, conclusion) => {
    const run = world.aRun({ repository, ref });

    world.runner.start(run, world.git(repository, 'show', `${ref}:.github/workflows/ci.yml`));
    await world.ended(run);

    expect(run.conclusion, logOf(run)).toBe(conclusion);
  });
});
