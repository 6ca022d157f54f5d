import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { publishImage } from '../../../sandbox/aws/ecr/publish.ts';
import type { Run } from '../../../sandbox/github/parts.ts';
import { type ActionsWorld, logOf, startActions } from './actions-world.ts';

describe('the workflow that builds images', () => {
  let world: ActionsWorld;
  beforeAll(() => {
    world = startActions();
  });
  afterAll(() => world.close());

  it('builds the image of a commit by the template, and pushes it to every registry', async () => {
    const commit = world.git('acme/api', 'rev-parse', 'feature/banner-fixed');
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'forge-7', push: 'true' } });

    world.runner.start(run, template('acme/api'));
    const queued = run.jobs.map(({ name, status }) => `${name} ${status}`);
    await world.ended(run);

    expect(queued).toEqual(jobNames.map((name) => `${name} queued`));
    expect(run).toMatchObject({ conclusion: 'success', displayTitle: `Image of ${commit} (forge-7)` });
    const images = imagesOf(commit);
    expect(images.map(({ account }) => account)).toEqual(['111111111111', '222222222222']);
    expect(new Set(images.map(({ digest }) => digest)).size).toBe(1);
    expect(images[0]).toMatchObject({
      commit,
      kind: 'web',
      banner: 'Free delivery on everything until Sunday',
    });
    expect(images[0]?.config).toContain(`"org.opencontainers.image.revision":"${commit}"`);
  });

  it('pushes the image of a worker to its one registry', async () => {
    const repository = 'acme/billing-worker';
    const commit = commitOn(repository, { 'README.md': 'More\n' });
    const run = world.aRun({ repository, ref: 'main', inputs: { commit, correlation: 'one', push: 'true' } });

    world.runner.start(run, imageOnly(repository));
    await world.ended(run);

    expect(run.conclusion).toBe('success');
    expect(imagesOf(commit)).toMatchObject([{ account: '111111111111', kind: 'worker', commit }]);
  });

  it('pushes what is missing after a run that failed between two registries', async () => {
    const commit = commitOn('acme/api', { 'README.md': 'Half\n' });
    const reference = `111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-api:git-${commit}`;
    const content = { kind: 'web', version: commit.slice(0, 12), commit, revision: commit } as const;
    const [there] = publishImage({ ...content, references: [reference] }, world.aws);
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'half', push: 'true' } });

    world.runner.start(run, imageOnly('acme/api'));
    await world.ended(run);

    expect(run.conclusion).toBe('success');
    expect(imagesOf(commit).map(({ digest }) => digest)).toEqual([there?.digest, there?.digest]);
  });

  it('refuses to push another image under the tag of a commit, for tags are immutable', async () => {
    const commit = world.git('acme/api', 'rev-parse', 'v1.0.0^{commit}');
    const before = structuredClone(imagesOf(commit));
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'again', push: 'true' } });

    world.runner.start(run, imageOnly('acme/api'));
    await world.ended(run);

    expect(logOf(run)).toContain(`##[error]The image tag 'git-${commit}' already exists`);
    expect(run.jobs.at(-1)).toMatchObject({ name: 'Build and push', conclusion: 'failure' });
    expect(imagesOf(commit)).toEqual(before);
  });

  it('gives an image what its commit says of its behaviour', async () => {
    const commit = commitOn('acme/api', { 'src/behaviour.txt': 'slow\n' });
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'two', push: 'true' } });

    world.runner.start(run, imageOnly('acme/api'));
    await world.ended(run);

    expect(imagesOf(commit)[0]).toMatchObject({ behaviour: 'slow', version: commit.slice(0, 12) });
  });

  it('pushes nothing where a test fails, and says why', async () => {
    const commit = world.git('acme/api', 'rev-parse', 'feature/banner');
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'three', push: 'true' } });

    world.runner.start(run, template('acme/api'));
    await world.ended(run);

    expect(run.conclusion).toBe('failure');
    expect(run.jobs.map(({ name, conclusion }) => `${name} ${conclusion}`)).toEqual([
      ...[
        'Lint success',
        'Types success',
        'Tests failure',
        'Security scan success',
        'Build success',
        'Build and push skipped',
      ],
    ]);
    expect(stepsOf(run, 'Tests')).toEqual([
      ...['Check out the commit success', 'Set up Node success', 'Install success'],
      ...['Unit tests failure', 'Integration tests skipped'],
    ]);
    expect(logOf(run)).toContain('the banner has 75 characters, at most 60 fit');
    expect(logOf(run)).toContain('##[error]Process completed with exit code 1.');
    expect(imagesOf(commit)).toEqual([]);
  });

  it('does not build a branch under the name of its commit', async () => {
    const run = world.aRun({ ref: 'main', inputs: { commit: 'main', correlation: 'four', push: 'true' } });

    world.runner.start(run, imageOnly('acme/api'));
    await world.ended(run);

    expect(logOf(run)).toMatch(/##\[error\]main was asked for, but [0-9a-f]{40} is checked out/);
    expect(run.conclusion).toBe('failure');
  });

  it('fails where there is no such commit', async () => {
    const commit = '0'.repeat(40);
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'five', push: 'true' } });

    world.runner.start(run, imageOnly('acme/api'));
    await world.ended(run);

    expect(logOf(run)).toContain(`fatal: reference is not a tree: ${commit}`);
  });

  it('builds without pushing where it is told so', async () => {
    const commit = world.git('acme/api', 'rev-parse', 'feature/drop-column');
    const run = world.aRun({ ref: 'main', inputs: { commit, correlation: 'six', push: 'false' } });

    world.runner.start(run, imageOnly('acme/api'));
    await world.ended(run);

    expect(run.conclusion).toBe('success');
    expect(stepsOf(run, 'Build and push')).toContain('Sign in to the registry of production skipped');
    expect(imagesOf(commit)).toEqual([]);
  });

  function template(repository: string): string {
    return world.git(repository, 'show', 'main:.github/workflows/deploy.yml');
  }

  /** Without the jobs that only look at the commit: the samples are looked at elsewhere. */
  function imageOnly(repository: string): string {
    const workflow = parseDocument(template(repository));
    for (const job of ['lint', 'types', 'tests', 'scan']) workflow.deleteIn(['jobs', job]);
    workflow.setIn(['jobs', 'image', 'needs'], ['build']);
    return workflow.toString();
  }

  function imagesOf(commit: string) {
    return world.aws.images.filter(({ tags }) => tags.includes(`git-${commit}`));
  }

  function commitOn(repository: string, files: Record<string, string>): string {
    const directory = world.git(repository, 'rev-parse', '--absolute-git-dir');
    const changes = Object.entries(files).map(
      ([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`,
    );
    const input = `commit refs/heads/more\ncommitter T <t@t> 0 +0000\ndata 1\nx\nfrom refs/heads/main\n${changes.join('')}`;
    execFileSync('git', ['-C', directory, 'fast-import', '--quiet', '--force'], { input });
    return world.git(repository, 'rev-parse', 'more');
  }
});

const jobNames = ['Lint', 'Types', 'Tests', 'Security scan', 'Build', 'Build and push'];

function stepsOf(run: Run, job: string): string[] {
  const steps = run.jobs.find(({ name }) => name === job)?.steps ?? [];
  return steps.map(({ name, conclusion }) => `${name} ${conclusion}`);
}
