import { CodeHostRefused, type WorkflowRun } from '../../src/ports/code-host.ts';

export type Dispatched = {
  run: WorkflowRun;
  workflow: string;
  ref: string;
  commit: string;
  correlation: string;
  /** What the failed job printed. */
  log: string[];
};

/** Runs of workflows of one repository in memory: they go on as they are told to. */
export class FakeRuns {
  readonly dispatched: Dispatched[] = [];
  /** Workflows there are; undefined: any. */
  workflows: Set<string> | undefined;
  /** Whether a dispatch says the run's id. */
  saysRun = true;
  /** While true nobody finds a run by its name. */
  isSlowToShow = false;
  /** Called with each new run, such as to publish its image. */
  onDispatch: (dispatched: Dispatched) => void = () => undefined;
  readonly #options: { repository: string; now: () => number };

  constructor(options: { repository: string; now: () => number }) {
    this.#options = options;
  }

  start(request: { workflow: string; ref: string; commit: string; correlation: string }): Dispatched {
    if (this.workflows?.has(request.workflow) === false) {
      throw new CodeHostRefused(`There is no workflow ${request.workflow}.`, 'not-found');
    }
    const id = 1_000 + this.dispatched.length;
    const url = `https://github.test/${this.#options.repository}/actions/runs/${id}`;
    const run: WorkflowRun = { id, url, state: 'queued', jobs: [], startedAt: this.#options.now() };
    const dispatched = { ...request, run, log: [] };
    this.dispatched.push(dispatched);
    this.onDispatch(dispatched);
    return dispatched;
  }

  get(id: number): Dispatched {
    const found = this.dispatched.find(({ run }) => run.id === id);
    if (found === undefined) throw new CodeHostRefused(`There is no run ${id}.`, 'not-found');
    return found;
  }

  find(of: { workflow: string; correlation: string; since: number }): WorkflowRun | undefined {
    if (this.isSlowToShow) return undefined;
    return this.dispatched.find(
      ({ workflow, correlation, run }) =>
        workflow === of.workflow && correlation === of.correlation && run.startedAt >= of.since,
    )?.run;
  }

  /** What a run looks like from now on; `log`: what its failed job printed. */
  set(id: number, now: Partial<Omit<WorkflowRun, 'id'>> & { log?: string[] }): void {
    const { log, ...run } = now;
    const found = this.get(id);
    Object.assign(found.run, run);
    if (log !== undefined) found.log = log;
  }

  cancel(id: number): void {
    const { run } = this.get(id);
    if (run.state === 'queued' || run.state === 'running') run.state = 'cancelled';
  }
}
