import { join } from 'node:path';
import type { Faults } from './faults.ts';
import { createWorkflowRunner, type WorkflowRunnerOptions } from './github/actions/workflow-runner.ts';
import { createGithub, type GithubServer } from './github/github.ts';
import { seedRepositories } from './github/seed/repositories.ts';

export type { GithubServer } from './github/github.ts';

/** GitHub with the sample repositories, in the sandbox's folder; undefined, and reported, where git is missing. */
export async function startGithub(from: {
  origin(): string;
  faults: Faults;
  folder: string;
  publish: WorkflowRunnerOptions['publish'];
  report(text: string): void;
}): Promise<GithubServer | undefined> {
  const { origin, faults, publish, report } = from;
  const github = await createGithub({
    origin,
    faults,
    folder: join(from.folder, 'github'),
    seed: seedRepositories(),
    runner: (host) =>
      createWorkflowRunner(host, {
        folder: join(from.folder, 'github-jobs'),
        publish,
        serverUrl: () => `${origin()}/github`,
      }),
  });
  if (typeof github !== 'string') return github;
  report(github);
  return undefined;
}
