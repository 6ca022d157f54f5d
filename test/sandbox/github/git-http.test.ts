import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../../sandbox/faults.ts';
import { gitEnvironment } from '../../../sandbox/github/git/git.ts';
import { tokenOf } from '../../../sandbox/github/people.ts';
import { listening } from './listening.ts';
import { place, type Started, startGithub } from './start-github.ts';

const run = promisify(execFile);

/** Git as somebody on their own machine has it. */
function gitOf(login: string, { origin, folder }: Started) {
  const home = join(folder, `home-${login}`);
  const url = origin.replace('http://', `http://${login}:${tokenOf(login)}@`);
  const git = async (words: readonly string[], cwd = home) => {
    await mkdir(home, { recursive: true });
    const { stdout, stderr } = await run('git', [...words], { cwd, env: gitEnvironment(home) });
    return `${stdout}${stderr}`;
  };
  return { git, url: `${url}/git/acme/api.git`, home };
}

async function cloned(login: string, started: Started) {
  const { git, url, home } = gitOf(login, started);
  await git(['clone', '--quiet', url, 'api']);
  const folder = join(home, 'api');
  const inClone = (...words: string[]) => git(words, folder);
  const commit = async (path: string, text: string) => {
    await writeFile(join(folder, path), text);
    await inClone('add', path);
    await inClone('commit', '--quiet', '-m', `Change ${path}`);
  };
  return { folder, git: inClone, commit };
}

async function complaint(running: Promise<string>): Promise<string> {
  return running.then(
    (output) => `It worked: ${output}`,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('git over HTTP', () => {
  it('clones the repository', async () => {
    const started = await startGithub();

    const { folder, git } = await cloned('maya-p', started);

    expect(await readFile(join(folder, 'src/greeting.txt'), 'utf8')).toBe('hello\n');
    expect(await git('branch', '--remotes')).toContain('origin/feature/banner');
  });

  it('fetches exactly one commit by its name with a token of the App', async () => {
    const started = await startGithub();
    const { git, home } = gitOf('anybody', started);
    const { data } = await started.app.git.getRef({ ...place, ref: 'heads/feature/banner' });
    const { token } = await installationToken(started);
    const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

    await git(['init', '--quiet', 'shallow']);
    const folder = join(home, 'shallow');
    const url = `${started.origin}/git/acme/api.git`;
    const fetch = ['-c', `http.extraHeader=${header}`, 'fetch', '--quiet', '--depth=1', url, data.object.sha];
    await git(fetch, folder);
    await git(['checkout', '--quiet', 'FETCH_HEAD'], folder);

    expect(await readFile(join(folder, 'src/banner.txt'), 'utf8')).toBe('Sale!\n');
  });

  it('takes a push, which the API and the pull request then show', async () => {
    const started = await startGithub();
    const { data: pull } = await started
      .as('maya-p')
      .pulls.create({ ...place, head: 'feature/banner', base: 'main', title: 'Banner' });
    const { git, commit } = await cloned('drive-by', started);

    await git('checkout', '--quiet', 'feature/banner');
    await commit('src/banner.txt', 'Bigger sale!\n');
    await git('push', '--quiet', 'origin', 'feature/banner');
    const pushed = (await git('rev-parse', 'HEAD')).trim();
    const { data } = await started.app.pulls.get({ ...place, pull_number: pull.number });

    expect(data.head.sha).toBe(pushed);
    expect(data.commits).toBe(3);
  });

  it('tells of what was pushed, with whose token it was', async () => {
    const started = await listening();
    const { git, commit } = await cloned('drive-by', started);
    const before = (await git('rev-parse', 'HEAD')).trim();

    await commit('src/greeting.txt', 'hi\n');
    await git('tag', 'v3');
    await git('push', '--quiet', 'origin', 'HEAD:main', 'v3');
    const after = (await git('rev-parse', 'HEAD')).trim();
    await started.events();
    const pushes = started.received.filter(({ event }) => event === 'push').map(({ body }) => body);

    expect(pushes).toMatchObject([
      { ref: 'refs/heads/main', before, after, forced: false, pusher: { name: 'drive-by' } },
      { ref: 'refs/tags/v3', after, created: true, sender: { login: 'drive-by' } },
    ]);
    expect(pushes[0]).toMatchObject({ commits: [{ id: after, message: 'Change src/greeting.txt' }] });
  });

  it('closes the pull request of a branch that goes, and calls one merged whose base has it all', async () => {
    const started = await startGithub();
    const maya = started.as('maya-p');
    const banner = await maya.pulls.create({
      ...place,
      head: 'feature/banner',
      base: 'main',
      title: 'Banner',
    });
    const clash = await maya.pulls.create({ ...place, head: 'feature/clash', base: 'main', title: 'Clash' });
    const { git } = await cloned('sam-okafor', started);

    await git('merge', '--quiet', '--no-edit', 'origin/feature/banner');
    await git('push', '--quiet', 'origin', 'HEAD:main', ':feature/clash');
    const state = async (pull_number: number) => {
      const { data } = await maya.pulls.get({ ...place, pull_number });
      return [data.state, data.merged];
    };

    expect(await state(banner.data.number)).toEqual(['closed', true]);
    expect(await state(clash.data.number)).toEqual(['closed', false]);
  });

  it('refuses a push to a protected branch, in words, and takes the rest of it', async () => {
    const started = await startGithub();
    for (const { protections } of started.github.hub.repositories.values()) {
      protections.set('main', { checks: [], approvals: 1, upToDate: false });
    }
    const { git, commit } = await cloned('sam-okafor', started);
    const { data: before } = await started.app.git.getRef({ ...place, ref: 'heads/main' });

    await commit('README.md', 'Mine\n');
    const words = await complaint(git('push', 'origin', 'HEAD:main', 'HEAD:refs/heads/side'));
    const { data: after } = await started.app.git.getRef({ ...place, ref: 'heads/main' });
    const side = await started.app.git.getRef({ ...place, ref: 'heads/side' });

    expect(words).toContain('GH006: Protected branch update failed for refs/heads/main');
    expect(after.object.sha).toBe(before.object.sha);
    expect(side.status).toBe(200);
  });

  it('lets nobody move the commits of pull requests', async () => {
    const started = await startGithub();
    await started
      .as('maya-p')
      .pulls.create({ ...place, head: 'feature/banner', base: 'main', title: 'Banner' });
    const { git } = await cloned('sam-okafor', started);

    expect(await complaint(git('push', '--force', 'origin', 'HEAD:refs/pull/1/head'))).toMatch(/hidden ref/);
  });

  it('refuses who may only read, who is unknown, and what is not there', async () => {
    const started = await startGithub();
    const { git, commit } = await cloned('passer-by', started);
    await commit('README.md', 'Mine\n');

    const reader = await complaint(git('push', 'origin', 'HEAD:mine'));
    const nobody = await complaint(git('ls-remote', `${started.origin}/git/acme/api.git`));
    const { url } = gitOf('maya-p', started);
    const missing = await complaint(git('ls-remote', url.replace('api.git', 'secret.git')));

    expect(reader).toMatch(/Permission to acme\/api.git denied to passer-by/);
    expect(nobody).toMatch(/could not read Username|Authentication failed/);
    expect(missing).toMatch(/not found/i);
  });

  it('fails as a fault says', async () => {
    const started = await startGithub();
    const { git, url } = gitOf('maya-p', started);
    started.faults.add(Fault.parse({ service: 'github', operation: 'git.fetch', kind: 'cut-before' }));

    const first = await complaint(git(['ls-remote', url]));
    const second = await git(['ls-remote', url]);

    expect(first).toMatch(/Empty reply|reset|unable to access/i);
    expect(second).toContain('refs/heads/main');
  });
});

async function installationToken({ app }: Started): Promise<{ token: string }> {
  const answer: unknown = await app.auth({ type: 'installation' });
  return z.object({ token: z.string() }).parse(answer);
}
