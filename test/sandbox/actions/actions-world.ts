import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishImage } from '../../../sandbox/aws/ecr/publish.ts';
import { plantSeed } from '../../../sandbox/aws/plant-seed.ts';
import { sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { sandboxTiming } from '../../../sandbox/aws/timing.ts';
import { emptyWorld, type World } from '../../../sandbox/aws/world.ts';
import { createWorkflowRunner } from '../../../sandbox/github/actions/workflow-runner.ts';
import type { Run, WorkflowRunner } from '../../../sandbox/github/parts.ts';
import { seedRepositories } from '../../../sandbox/github/seed/repositories.ts';

/** The sample repositories on disk, a runner of their workflows, and the registries it pushes to. */
export type ActionsWorld = {
  runner: WorkflowRunner;
  aws: World;
  /** Every state a run was in when it told, in words: `in_progress: Lint in_progress, …`. */
  told: string[];
  git(repository: string, ...words: string[]): string;
  /** A run of a workflow text for a commit of a repository, not started yet. */
  aRun(of: { repository?: string; ref: string; inputs?: Record<string, string> }): Run;
  ended(run: Run): Promise<void>;
  close(): Promise<void>;
};

export function startActions(folder = mkdtempSync(join(tmpdir(), 'actions-'))): ActionsWorld {
  const directories = new Map(
    seedRepositories().map((repository) => [repository.name, plant(folder, repository)]),
  );
  const aws = emptyWorld({ timing: sandboxTiming, publicHost: () => '127.0.0.1', changed: () => undefined });
  const told: string[] = [];
  const waiting = new Map<number, () => void>();
  let ids = 0;
  const host = {
    gitDirectory: (repository: string) => directories.get(repository) ?? '',
    newId: () => {
      ids += 1;
      return ids;
    },
    changed: (run: Run) => {
      told.push(
        `${run.status}: ${run.jobs.map((job) => `${job.name} ${job.conclusion ?? job.status}`).join(', ')}`,
      );
      if (run.status === 'completed') waiting.get(run.id)?.();
    },
  };
  const publish = (push: Parameters<typeof publishImage>[0]) => publishImage(push, aws);
  const runner = createWorkflowRunner(host, { folder: join(folder, 'jobs'), publish });
  const git = (repository: string, ...words: string[]) =>
    execFileSync('git', ['-C', host.gitDirectory(repository), ...words], { encoding: 'utf8' }).trim();
  const commitOf = (image: string, version: string) =>
    git(image.replace('acme-', 'acme/'), 'rev-parse', `${version}^{commit}`);
  plantSeed(sandboxSeed({ commitOf }), aws);
  return {
    ...{ runner, aws, told, git },
    aRun({ repository = 'acme/api', ref, inputs = {} }) {
      const id = host.newId();
      return {
        ...{ id, number: id, repository, event: 'workflow_dispatch', ref: `refs/heads/${ref}`, inputs },
        workflow: { id: 1, path: '.github/workflows/deploy.yml', name: 'Deploy' },
        sha: git(repository, 'rev-parse', `${ref}^{commit}`),
        ...{ actor: 'sam-okafor', createdAt: Date.now(), displayTitle: '', jobs: [] },
        ...{ status: 'queued', conclusion: null },
      };
    },
    ended: (run) =>
      new Promise((resolve) => {
        if (run.status === 'completed') resolve();
        else waiting.set(run.id, resolve);
      }),
    async close() {
      await runner.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function plant(folder: string, { name, history }: { name: string; history: string | Buffer }): string {
  const directory = join(folder, `${name.replace('/', '-')}.git`);
  execFileSync('git', ['init', '--quiet', '--bare', directory]);
  execFileSync('git', ['-C', directory, 'fast-import', '--quiet'], { input: history });
  return directory;
}

/** All it printed, a line each. */
export function logOf(run: Run): string {
  return run.jobs.flatMap(({ log }) => log.map(({ text }) => text)).join('\n');
}
