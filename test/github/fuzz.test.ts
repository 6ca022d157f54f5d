import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGithub } from '../../src/github/github.ts';
import type { CodeHost } from '../../src/ports/code-host.ts';
import { silentLog } from '../fakes/log.ts';
import { aJob, aPull, aRun, otherSha, sha } from './answers.ts';
import { options, repository } from './scripted-github.ts';

const merge = { number: 7, head: sha, method: 'squash' } as const;
const text = { title: 'Add', body: 'Text' };

/** Every method, asked for something. */
const calls: Record<keyof CodeHost, (host: CodeHost) => Promise<unknown>> = {
  ref: (host) => host.ref(repository, 'main', options),
  refs: (host) => host.refs(repository, options),
  commit: (host) => host.commit(repository, sha, options),
  belonging: (host) => host.belonging(repository, sha, options),
  compare: (host) => host.compare(repository, { base: sha, head: otherSha }, options),
  file: (host) => host.file(repository, { path: 'a.txt', sha }, options),
  checks: (host) => host.checks(repository, sha, options),
  openPullRequest: (host) => host.openPullRequest(repository, { head: 'x', base: 'main' }, options),
  pullRequest: (host) => host.pullRequest(repository, 7, options),
  pullRequestsOf: (host) => host.pullRequestsOf(repository, sha, options),
  createPullRequest: (host) =>
    host.createPullRequest(repository, { head: 'x', base: 'main', ...text }, options),
  describePullRequest: (host) => host.describePullRequest(repository, { number: 7, ...text }, options),
  addLabels: (host) => host.addLabels(repository, { number: 7, labels: ['a'] }, options),
  askReviewers: (host) => host.askReviewers(repository, { number: 7, reviewers: ['sam'] }, options),
  reviews: (host) => host.reviews(repository, 7, options),
  merge: (host) => host.merge(repository, merge, options),
  revert: (host) => host.revert(repository, { number: 7, ...text }, options),
  dispatch: (host) =>
    host.dispatch(repository, { workflow: 'd.yml', ref: 'main', commit: sha, correlation: 'D-1' }, options),
  findRun: (host) => host.findRun(repository, { workflow: 'd.yml', correlation: 'D-1', since: 0 }, options),
  run: (host) => host.run(repository, 42, options),
  logTail: (host) => host.logTail(repository, { run: 42, lines: 30 }, options),
  cancelRun: (host) => host.cancelRun(repository, 42, options),
  recordDeployment: (host) =>
    host.recordDeployment(
      repository,
      { forge: 'D-1', sha, environment: 'staging', description: '', isProduction: false },
      options,
    ),
  recordStatus: (host) =>
    host.recordStatus(repository, { deployment: 9, state: 'success', description: '' }, options),
  gitAccess: (host) => host.gitAccess(repository, options),
  setupProblems: (host) => host.setupProblems(repository, options),
};

/** Nothing of what GitHub answers to any of these calls. */
const nonsense = fc.oneof(
  fc.string(),
  fc.constantFrom('<html>Bad gateway</html>', '', 'null', '{"id":', '[{', '{}', '0', '"x"', '{"data":null}'),
  fc.record({ message: fc.string(), errors: fc.jsonValue() }).map((value) => JSON.stringify(value)),
  fc
    .array(fc.oneof(fc.integer(), fc.string(), fc.constant(null)), { minLength: 1 })
    .map((value) => JSON.stringify(value)),
);

describe('an answer of GitHub that makes no sense', () => {
  it.each(Object.keys(calls))('is never a success of %s, and never a fault of Forge', async (name) => {
    const call = new Map(Object.entries(calls)).get(name);
    const status = fc.constantFrom(
      200,
      201,
      202,
      299,
      300,
      400,
      401,
      403,
      404,
      405,
      409,
      410,
      418,
      422,
      429,
      451,
      500,
      502,
      599,
    );
    const type = fc.constantFrom('application/json', 'text/html', 'application/octet-stream', 'nonsense');

    await fc.assert(
      fc.asyncProperty(status, nonsense, type, async (code, body, contentType) => {
        const host = hostAnswering(
          () => new Response(body, { status: code, headers: { 'content-type': contentType } }),
        );

        const outcome = await settled(call?.(host));

        expect(isHarmless(name, outcome)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });
});

describe('an answer of GitHub with something wrong in it', () => {
  it('is never a merge, unless it says so with a commit', async () => {
    await fc.assert(
      fc.asyncProperty(mutated({ merged: true, sha, message: 'Merged' }), async (body) => {
        const host = hostAnswering(() => Response.json(body));

        const outcome = await settled(host.merge(repository, merge, options));

        const isMerged = typeof outcome === 'object' && outcome !== null && 'kind' in outcome;
        const saysSo =
          body.merged === true && typeof body.sha === 'string' && /^[0-9a-f]{40}$/.test(body.sha);
        expect(isMerged).toBe(saysSo);
      }),
      { numRuns: 40 },
    );
  });

  it('is a pull request or run as the port describes it, or the port’s error', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(aPull()), mutated(aRun()), mutated(aJob()), async (pull, run, job) => {
        const host = hostAnswering((path) => {
          if (path.includes('/pulls/')) return Response.json(pull);
          return Response.json(path.endsWith('/jobs') ? { jobs: [job] } : run);
        });

        const read = await settled(host.pullRequest(repository, 7, options));
        const ran = await settled(host.run(repository, 42, options));

        expect([isError(read) || isPull(read), isError(ran) || isRun(ran, run)]).toEqual([true, true]);
      }),
      { numRuns: 40 },
    );
  });
});

/** With one or two fields that are gone or something else. */
function mutated(answer: Record<string, unknown>) {
  const change = fc.record({
    field: fc.constantFrom(...Object.keys(answer)),
    value: fc.oneof(fc.jsonValue(), fc.constant(undefined)),
  });
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
    const changed: Record<string, unknown> = { ...answer };
    for (const { field, value } of changes) changed[field] = value;
    return changed;
  });
}

function hostAnswering(answer: (path: string) => Response): CodeHost {
  return createGithub({
    credentials: { kind: 'token', token: 'token' },
    apiUrl: 'http://127.0.0.1',
    log: silentLog,
    secondMs: 0,
    fetch: async (address) => answer(new URL(address).pathname),
  });
}

/** What it came to: the value, or the error. */
async function settled(promise: Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
}

function isError(value: unknown): boolean {
  return value instanceof Error && (value.name === 'CodeHostRefused' || value.name === 'CodeHostUnavailable');
}

/** A workflow that was accepted without a word, and problems in sentences, are answers too. */
function isHarmless(name: string, outcome: unknown): boolean {
  if (isError(outcome)) return true;
  if (name === 'setupProblems') return Array.isArray(outcome) && outcome.length > 0;
  if (name === 'cancelRun') return outcome === undefined;
  return name === 'dispatch' && JSON.stringify(outcome) === '{}';
}

function isPull(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'head' in value &&
    'mergeable' in value &&
    'labels' in value
  );
}

function isRun(value: unknown, answer: Record<string, unknown>): boolean {
  if (typeof value !== 'object' || value === null || !('state' in value)) return false;
  return value.state !== 'passed' || (answer.status === 'completed' && answer.conclusion === 'success');
}
