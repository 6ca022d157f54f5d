import { describe, expect, it } from 'vitest';
import { githubActs } from '../../sandbox/control-github-acts.ts';
import { APP } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { eventually } from '../eventually.ts';
import { silentLog } from '../fakes/log.ts';
import { startGithub } from '../sandbox/github/start-github.ts';
import { options, repository } from './scripted-github.ts';

const pull = { head: 'feature/banner', base: 'main', title: 'Add a banner', body: 'So that people see it.' };
const deployment = { forge: 'D-1', environment: 'staging', description: 'api', isProduction: false };

describe('a write whose answer is lost', () => {
  it('has opened one pull request once it is asked for again', async () => {
    const { host, twice, kept } = await losing();

    const { number } = await twice(() => host.createPullRequest(repository, pull, options));

    expect(kept.pulls.map((one) => one.number)).toEqual([number]);
  });

  it('has merged once', async () => {
    const { host, twice } = await losing();
    const { number, head } = await twice(() => host.createPullRequest(repository, pull, options));

    const outcome = await twice(() =>
      host.merge(repository, { number, head: head.sha, method: 'squash' }, options),
    );

    const { mergeCommit } = await host.pullRequest(repository, number, options);
    expect(outcome).toEqual({ kind: 'merged', sha: mergeCommit });
  });

  it('has opened one pull request that takes another back', async () => {
    const { host, twice, kept } = await losing();
    const { number, head } = await twice(() => host.createPullRequest(repository, pull, options));
    await twice(() => host.merge(repository, { number, head: head.sha, method: 'squash' }, options));

    const revert = await twice(() =>
      host.revert(repository, { number, title: 'Take back', body: 'It broke.' }, options),
    );

    expect(kept.pulls.map((one) => one.number)).toEqual([number, revert.number]);
  });

  it('has recorded one deployment, and each status once', async () => {
    const { host, twice, kept, sha } = await losing();

    const { id } = await twice(() => host.recordDeployment(repository, { ...deployment, sha }, options));
    await twice(() =>
      host.recordStatus(repository, { deployment: id, state: 'success', description: 'Done' }, options),
    );

    expect(kept.deployments.map((one) => [one.id, one.statuses.length])).toEqual([[id, 1]]);
  });

  it('has started one workflow, which is found before it is started again', async () => {
    const { host, kept, sha } = await losing();
    const workflow = 'deploy.yml';
    const start = { workflow, ref: 'main', commit: sha, correlation: 'D-1/build/1' };

    const started = host.dispatch(repository, start, options);
    await expect(started).rejects.toThrow(CodeHostUnavailable);

    const found = await eventually(() =>
      host.findRun(repository, { workflow, correlation: start.correlation, since: 0 }, options),
    );
    expect(kept.runs.map(({ id }) => id)).toEqual([found.id]);
  });
});

/** A GitHub whose answer to every first try of a write gets lost on the way, after it was carried out. */
async function losing() {
  const { github, origin } = await startGithub();
  const lost = new Set<string>();
  const host = createGithub({
    credentials: { kind: 'app', appId: String(APP.id), privateKey: github.privateKey },
    apiUrl: `${origin}/github`,
    log: silentLog,
    fetch: async (address, init) => {
      const response = await fetch(address, init);
      const isWrite = init.method !== 'GET' && !address.endsWith('/access_tokens');
      const what = `${init.method} ${address}`;
      if (!isWrite || lost.has(what)) return response;
      lost.add(what);
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    },
  });
  const kept = github.hub.repositories.get(repository);
  if (kept === undefined) throw new Error('There is no repository');
  const files = { 'b.txt': 'b\n' };
  const made = await githubActs(github).commit({
    repository,
    as: 'sam-okafor',
    branch: 'main',
    message: 'B',
    files,
  });
  const twice = async <Value>(write: () => Promise<Value>): Promise<Value> => {
    await expect(write()).rejects.toThrow(CodeHostUnavailable);
    return write();
  };
  return { host, twice, kept, sha: made.sha };
}
