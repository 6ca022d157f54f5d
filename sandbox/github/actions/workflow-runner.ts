import { mkdirSync } from 'node:fs';
import type { Run, RunnerHost, WorkflowRunner } from '../parts.ts';
import type { Push } from './actions.ts';
import { Queues } from './queues.ts';
import { RunLife } from './run-life.ts';
import { readWorkflowFile } from './workflow-file.ts';

export type WorkflowRunnerOptions = {
  /** Where jobs have their folders. */
  folder: string;
  /** Pushes an image to the registries. Throws an error whose message the log of the run shows. */
  publish(push: Push): readonly { digest: string }[];
  /** `github.server_url`. */
  serverUrl?: () => string;
  /** So many jobs at the same time. */
  atOnce?: number;
};

/** A runner that really runs the steps of workflows, as processes of this machine with an environment of their own. */
export function createWorkflowRunner(host: RunnerHost, options: WorkflowRunnerOptions): WorkflowRunner {
  const { folder, publish, serverUrl = () => 'https://github.com', atOnce = 3 } = options;
  mkdirSync(folder, { recursive: true });
  const queues = new Queues(atOnce);
  const lives = new Map<number, { life: RunLife; end: Promise<void> }>();
  return {
    read: readWorkflowFile,
    start(run: Run, text: string) {
      const life = new RunLife(run, { host, folder, publish, queues, serverUrl: serverUrl() });
      const end = life.begin(text).finally(() => lives.delete(run.id));
      lives.set(run.id, { life, end });
    },
    cancel: (id) => lives.get(id)?.life.cancel(),
    async stop() {
      const all = [...lives.values()];
      for (const { life } of all) life.cancel();
      await Promise.all(all.map(({ end }) => end));
    },
  };
}
