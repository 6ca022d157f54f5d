import { parse } from 'yaml';
import { z } from 'zod';
import type { Job, Run, RunnerHost, WorkflowRunner } from '../../../sandbox/github/parts.ts';

const Patterns = z.strictObject({
  branches: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
});
const Input = z.object({
  required: z.boolean().default(false),
  default: z.string().optional(),
  type: z.enum(['string', 'boolean', 'choice', 'number', 'environment']).default('string'),
  options: z.array(z.string()).optional(),
});
const Workflow = z.object({
  name: z.string(),
  on: z.object({
    push: Patterns.nullish(),
    pull_request: z.object({ branches: z.array(z.string()).optional() }).nullish(),
    workflow_dispatch: z.object({ inputs: z.record(z.string(), Input).default({}) }).nullish(),
  }),
});

export type StandInRunner = WorkflowRunner & {
  runs: Run[];
  /** Ends the newest run that is not over. */
  finish(conclusion: 'success' | 'failure', log?: readonly string[]): void;
};

/** Runs nothing: each run waits until the test says how it ends. */
export function standInRunner(host: RunnerHost): StandInRunner {
  const runs: Run[] = [];
  const end = (run: Run, conclusion: 'success' | 'failure' | 'cancelled', log: readonly string[] = []) => {
    for (const job of run.jobs) {
      Object.assign(job, { status: 'completed', conclusion, completedAt: Date.now() });
      job.log = log.map((text) => ({ at: 1_790_000_000_000, text }));
    }
    Object.assign(run, { status: 'completed', conclusion, completedAt: Date.now() });
    host.changed(run);
  };
  return {
    runs,
    read(text) {
      const file = Workflow.safeParse(parse(text));
      if (!file.success) return { problem: 'It is no workflow.' };
      const { name, on } = file.data;
      return {
        name,
        on: {
          ...(on.push && { push: defined(on.push) }),
          ...(on.pull_request && { pull_request: defined(on.pull_request) }),
          ...(on.workflow_dispatch && {
            workflow_dispatch: {
              inputs: Object.fromEntries(
                Object.entries(on.workflow_dispatch.inputs).map(([key, input]) => [key, defined(input)]),
              ),
            },
          }),
        },
      };
    },
    start(run, text) {
      const job: Job = {
        id: host.newId(),
        name: 'test',
        steps: [{ number: 1, name: 'Run npm test', status: 'queued', conclusion: null }],
        log: [],
        status: 'queued',
        conclusion: null,
      };
      run.jobs = [job];
      if (text.includes('run-name') && run.inputs.correlation !== undefined) {
        run.displayTitle = `Deploy ${run.inputs.correlation}`;
      }
      runs.push(run);
    },
    cancel(id) {
      const run = runs.find((one) => one.id === id && one.status !== 'completed');
      if (run !== undefined) end(run, 'cancelled');
    },
    finish(conclusion, log) {
      const run = runs.findLast((one) => one.status !== 'completed');
      if (run === undefined) throw new Error('No run is open.');
      end(run, conclusion, log);
    },
    stop: async () => undefined,
  };
}

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  return JSON.parse(JSON.stringify(fields));
}
