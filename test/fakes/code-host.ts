import {
  type CodeHost,
  CodeHostRefused,
  CodeHostUnavailable,
  type Person,
} from '../../src/ports/code-host.ts';
import type { CallOptions } from '../../src/ports/platform.ts';
import type { FakeHistory } from './code-host-history.ts';
import { FakeRepository } from './code-host-repository.ts';

export type CodeHostMethod = keyof CodeHost;

/** `before`: nothing happens. `after`: it happens, and the caller gets the error all the same. */
type Fault = { method: CodeHostMethod; error: Error; when: 'before' | 'after'; times: number };

/**
 * A code host in memory. `repository(name)` makes one the first time it is asked for; what was never made is not found.
 * Every answer is a copy, so that what a test keeps does not change.
 */
export class FakeCodeHost implements CodeHost {
  /** What it was asked, in order, also what failed. */
  readonly calls: { method: CodeHostMethod; repository: string; request: unknown }[] = [];
  /** Whom pull requests are opened by. */
  readonly bot: Person = { login: 'forge[bot]' };
  readonly #repositories = new Map<string, FakeRepository>();
  readonly #now: () => number;
  #faults: Fault[] = [];

  constructor(now: () => number = () => Date.UTC(2026, 0, 5, 9)) {
    this.#now = now;
  }

  repository(name: string): FakeRepository {
    const found = this.#repositories.get(name) ?? new FakeRepository(name, { now: this.#now, bot: this.bot });
    this.#repositories.set(name, found);
    return found;
  }

  /** The next call of the method fails; `after`: only once it has happened. */
  failNext(method: CodeHostMethod, error: Error, when: Fault['when'] = 'before'): void {
    this.fail(method, error, { when, times: 1 });
  }

  /** So many calls of the method fail; default: every one until `mend`. */
  fail(
    method: CodeHostMethod,
    error: Error = new CodeHostUnavailable('GitHub did not answer.'),
    { when = 'before', times = Number.POSITIVE_INFINITY }: Partial<Pick<Fault, 'when' | 'times'>> = {},
  ): void {
    this.#faults.push({ method, error, when, times });
  }

  mend(): void {
    this.#faults = [];
  }

  /** How often the method was called. */
  count(method: CodeHostMethod): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  ref: CodeHost['ref'] = (name, ref, options) =>
    this.#do('ref', name, ref, options, ({ history }) => history.ref(ref));

  refs: CodeHost['refs'] = (name, options) =>
    this.#do('refs', name, undefined, options, ({ history }) => ({
      branches: Object.fromEntries(history.branches),
      tags: Object.fromEntries(history.tags),
    }));

  commit: CodeHost['commit'] = (name, sha, options) =>
    this.#do('commit', name, sha, options, ({ history }) => history.commit(sha));

  belonging: CodeHost['belonging'] = (name, sha, options) =>
    this.#do('belonging', name, sha, options, ({ history }) => history.belonging(sha));

  compare: CodeHost['compare'] = (name, range, options) =>
    this.#do('compare', name, range, options, ({ history }) => ({
      ...history.compare(shaOf(history, range.base), shaOf(history, range.head)),
      url: `https://github.test/${name}/compare/${range.base}...${range.head}`,
    }));

  file: CodeHost['file'] = (name, at, options) =>
    this.#do('file', name, at, options, ({ history }) => history.files(at.sha)[at.path]);

  checks: CodeHost['checks'] = (name, sha, options) =>
    this.#do('checks', name, sha, options, (repository) => repository.checksOf(sha));

  openPullRequest: CodeHost['openPullRequest'] = (name, of, options) =>
    this.#do('openPullRequest', name, of, options, ({ pulls }) => pulls.open(of));

  pullRequest: CodeHost['pullRequest'] = (name, number, options) =>
    this.#do('pullRequest', name, number, options, ({ pulls }) => pulls.get(number));

  pullRequestsOf: CodeHost['pullRequestsOf'] = (name, sha, options) =>
    this.#do('pullRequestsOf', name, sha, options, ({ pulls }) =>
      pulls
        .all()
        .filter((pull) => pull.state === 'merged' && (pull.mergeCommit === sha || pull.head.sha === sha)),
    );

  createPullRequest: CodeHost['createPullRequest'] = (name, request, options) =>
    this.#do('createPullRequest', name, request, options, ({ pulls }) => pulls.create(request));

  describePullRequest: CodeHost['describePullRequest'] = (name, request, options) =>
    this.#do('describePullRequest', name, request, options, ({ pulls }) => {
      const kept = pulls.kept(request.number);
      kept.title = request.title ?? kept.title;
      kept.body = request.body;
    });

  addLabels: CodeHost['addLabels'] = (name, request, options) =>
    this.#do('addLabels', name, request, options, ({ pulls }) => {
      const kept = pulls.kept(request.number);
      kept.labels = [...new Set([...kept.labels, ...request.labels])];
    });

  askReviewers: CodeHost['askReviewers'] = (name, request, options) =>
    this.#do('askReviewers', name, request, options, ({ pulls }) => ({
      notAsked: pulls.askReviewers(request.number, request.reviewers),
    }));

  reviews: CodeHost['reviews'] = (name, number, options) =>
    this.#do('reviews', name, number, options, ({ pulls }) => pulls.reviews(number));

  merge: CodeHost['merge'] = (name, request, options) =>
    this.#do('merge', name, request, options, ({ pulls }) => pulls.merge(request));

  revert: CodeHost['revert'] = (name, request, options) =>
    this.#do('revert', name, request, options, ({ pulls }) => pulls.revert(request));

  dispatch: CodeHost['dispatch'] = (name, request, options) =>
    this.#do('dispatch', name, request, options, ({ history, runs }) => {
      const { kind } = history.ref(request.ref);
      if (kind !== 'branch' && kind !== 'tag') {
        throw new CodeHostRefused(`There is no branch or tag ${request.ref}.`, 'invalid');
      }
      const { run } = runs.start(request);
      return runs.saysRun ? { run: run.id } : {};
    });

  findRun: CodeHost['findRun'] = (name, of, options) =>
    this.#do('findRun', name, of, options, ({ runs }) => runs.find(of));

  run: CodeHost['run'] = (name, id, options) =>
    this.#do('run', name, id, options, ({ runs }) => runs.get(id).run);

  logTail: CodeHost['logTail'] = (name, of, options) =>
    this.#do('logTail', name, of, options, ({ runs }) => runs.get(of.run).log.slice(-of.lines));

  cancelRun: CodeHost['cancelRun'] = (name, id, options) =>
    this.#do('cancelRun', name, id, options, ({ runs }) => runs.cancel(id));

  recordDeployment: CodeHost['recordDeployment'] = (name, request, options) =>
    this.#do('recordDeployment', name, request, options, ({ deployments }) => {
      const found = deployments.find((one) => one.forge === request.forge);
      if (found !== undefined) return { id: found.id };
      const made = { ...request, id: deployments.length + 1, statuses: [] };
      deployments.push(made);
      return { id: made.id };
    });

  recordStatus: CodeHost['recordStatus'] = (name, request, options) =>
    this.#do('recordStatus', name, request, options, ({ deployments }) => {
      const { deployment, ...status } = request;
      const statuses = deployments.find(({ id }) => id === deployment)?.statuses;
      if (statuses === undefined) throw new CodeHostRefused('There is no such deployment.', 'not-found');
      const newest = statuses.at(-1);
      if (newest?.state === status.state && newest.description === status.description) return;
      statuses.push(status);
    });

  gitAccess: CodeHost['gitAccess'] = (name, options) =>
    this.#do('gitAccess', name, undefined, options, () => ({ url: `https://github.test/${name}.git` }));

  setupProblems: CodeHost['setupProblems'] = (name, options) =>
    this.#do('setupProblems', name, undefined, options, (repository) => repository.problems);

  async #do<Answer>(
    method: CodeHostMethod,
    name: string,
    request: unknown,
    { signal }: CallOptions,
    act: (repository: FakeRepository) => Answer,
  ): Promise<Answer> {
    this.calls.push({ method, repository: name, request });
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    const fault = this.#strike(method);
    if (fault?.when === 'before') throw fault.error;
    const repository = this.#repositories.get(name);
    if (repository === undefined) throw new CodeHostRefused(`There is no repository ${name}.`, 'not-found');
    const answer = structuredClone(act(repository));
    if (fault !== undefined) throw fault.error;
    return answer;
  }

  #strike(method: CodeHostMethod): Fault | undefined {
    const fault = this.#faults.find((one) => one.method === method && one.times > 0);
    if (fault !== undefined) fault.times--;
    return fault;
  }
}

function shaOf(history: FakeHistory, ref: string): string {
  const found = history.ref(ref);
  if (found.kind === 'absent')
    throw new CodeHostRefused(`There is no branch, tag or commit ${ref}.`, 'not-found');
  return found.sha;
}
