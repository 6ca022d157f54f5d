import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conclusion, Job, Run, RunnerHost } from '../parts.ts';
import type { Push } from './actions.ts';
import { filledIn, type Names } from './expressions.ts';
import { runJob } from './job-runner.ts';
import type { Queues } from './queues.ts';
import { environmentOf, namesOf, withEnvironment } from './run-names.ts';
import { type JobPlan, parseWorkflow, type StepPlan, type Workflow } from './workflow.ts';

type World = {
  host: RunnerHost;
  folder: string;
  publish(push: Push): readonly { digest: string }[];
  queues: Queues;
  serverUrl: string;
};
type PlannedJob = { id: string; plan: JobPlan; job: Job };
type Prepared = { workflow: Workflow; names: Names; jobs: PlannedJob[] };

/** One run from its jobs' queue to its end. */
export class RunLife {
  readonly #run: Run;
  readonly #world: World;
  readonly #cancel = new AbortController();

  constructor(run: Run, world: World) {
    this.#run = run;
    this.#world = world;
  }

  /** Sets the title and the queued jobs at once, and then runs them. Resolves when nothing of it runs any more; never rejects. */
  async begin(text: string): Promise<void> {
    try {
      const prepared = this.#prepare(text);
      await this.#inTurn(prepared, () => this.#runJobs(prepared));
      this.#conclude(conclusionOf(this.#run.jobs));
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Idempotent. */
  cancel(): void {
    this.#cancel.abort(new Error('The run was cancelled.'));
  }

  #prepare(text: string): Prepared {
    const workflow = parseWorkflow(text);
    const names = namesOf(this.#run, workflow, this.#world.serverUrl);
    if (workflow['run-name'] !== undefined) this.#run.displayTitle = filledIn(workflow['run-name'], names);
    const jobs = Object.entries(workflow.jobs).map(([id, plan]) => {
      return {
        id,
        plan,
        job: this.#newJob(plan.name === undefined ? id : filledIn(plan.name, names), plan.steps),
      };
    });
    this.#run.jobs = jobs.map(({ job }) => job);
    this.#changed();
    return { workflow, names, jobs };
  }

  #newJob(name: string, steps: readonly StepPlan[]): Job {
    return {
      ...{ id: this.#world.host.newId(), name, status: 'queued', conclusion: null, log: [] },
      steps: steps.map((step, index) => ({
        name: step.name ?? `Run ${step.uses ?? step.run?.split('\n')[0] ?? ''}`,
        number: index + 1,
        status: 'queued',
        conclusion: null,
      })),
    };
  }

  /** Not while another of its concurrency group runs. */
  async #inTurn({ workflow: { concurrency }, names }: Prepared, work: () => Promise<void>): Promise<void> {
    if (concurrency === undefined) {
      this.#advance('in_progress');
      await work();
      return;
    }
    const group = {
      group: filledIn(concurrency.group, names),
      cancelsOthers: concurrency['cancel-in-progress'],
    };
    const { signal } = this.#cancel;
    const endTurn = await this.#world.queues.turn(group, { cancel: () => this.cancel(), signal });
    try {
      if (!signal.aborted) this.#advance('in_progress');
      await work();
    } finally {
      endTurn();
    }
  }

  /** Each begins as soon as those it needs are good. */
  async #runJobs({ jobs, names }: Prepared): Promise<void> {
    const artifacts = join(this.#world.folder, `artifacts-${this.#run.id}`);
    const ends = new Map<string, Promise<void>>();
    const endOf = (id: string): Promise<void> => {
      const end = ends.get(id) ?? run(id);
      ends.set(id, end);
      return end;
    };
    const run = async (id: string) => {
      const one = jobs.find((job) => job.id === id);
      if (one === undefined) return;
      await Promise.all(one.plan.needs.map(endOf));
      const needed = jobs.filter((job) => one.plan.needs.includes(job.id));
      if (needed.every(({ job }) => job.conclusion === 'success'))
        await this.#runJob(one, { names, artifacts });
      this.#skip(one.job);
    };
    await Promise.all(jobs.map(({ id }) => endOf(id)));
    await rm(artifacts, { recursive: true, force: true });
  }

  async #runJob({ plan, job }: PlannedJob, of: { names: Names; artifacts: string }): Promise<void> {
    const { folder, publish, host, queues } = this.#world;
    const { artifacts } = of;
    const names = withEnvironment(of.names, plan.env);
    const settings = {
      ...{ plan, names, folder, artifacts, publish, environment: environmentOf(names) },
      gitDirectory: host.gitDirectory(this.#run.repository),
      changed: () => this.#changed(),
    };
    const { signal } = this.#cancel;
    await queues.inPlace(() => runJob(job, settings, signal), signal);
  }

  /** What was never begun ends too. */
  #skip(job: Job): void {
    if (job.conclusion !== null) return;
    const conclusion = this.#cancel.signal.aborted ? 'cancelled' : 'skipped';
    for (const one of [job, ...job.steps]) {
      Object.assign(one, { status: 'completed', conclusion, completedAt: Date.now() });
    }
    this.#changed();
  }

  #fail(why: string): void {
    const job = this.#newJob('Invalid workflow', []);
    this.#run.jobs.push(job);
    job.log.push({ at: Date.now(), text: `##[error]${why}` });
    Object.assign(job, {
      status: 'completed',
      conclusion: 'failure',
      startedAt: Date.now(),
      completedAt: Date.now(),
    });
    this.#conclude('failure');
  }

  #advance(status: Run['status']): void {
    this.#run.status = status;
    this.#run.startedAt ??= Date.now();
    this.#changed();
  }

  #conclude(conclusion: Conclusion): void {
    this.#run.conclusion = conclusion;
    this.#run.completedAt = Date.now();
    this.#advance('completed');
  }

  #changed(): void {
    this.#world.host.changed(this.#run);
  }
}

function conclusionOf(jobs: readonly Job[]): Conclusion {
  if (jobs.some(({ conclusion }) => conclusion === 'failure')) return 'failure';
  if (jobs.some(({ conclusion }) => conclusion === 'cancelled')) return 'cancelled';
  return 'success';
}
