import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { githubActs } from '../../sandbox/control-github-acts.ts';
import { APP } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { silentLog } from '../fakes/log.ts';
import { place, startGithub } from '../sandbox/github/start-github.ts';
import { createShipWorld } from './ship-world.ts';

const repository = 'acme/api';

it('a branch is shipped over GitHub’s own interface: opened, described, approved, changed, approved again, merged and deployed', async () => {
  const { github, origin, app, runner } = await startGithub();
  const acts = githubActs(github);
  const codeHost = createGithub({
    credentials: { kind: 'app', appId: String(APP.id), privateKey: github.privateKey },
    apiUrl: `${origin}/github`,
    log: silentLog,
  });
  const world = createShipWorld({
    ship: { reviewers: ['maya-p', 'nobody-at-all'] },
    service: { repository, checks: [] },
    real: { codeHost, breathe: () => setTimeout(10) },
  });
  onTestFinished(() => world.close());
  await world.start();
  await world.ship();
  const { pull } = await world.followed();
  const number = pull?.number ?? 0;
  const approve = () =>
    acts.review({ repository, as: 'lena-f', pull: number, verdict: 'approve', says: 'Fine.' });

  expect(pull?.notes.join(' ')).toContain('nobody-at-all was not asked for a review');
  await approve();
  await world.until(({ standing }) => standing?.approvedBy.length === 1);
  await acts.commit({
    repository,
    as: 'sam-okafor',
    branch: 'feature/banner',
    message: 'More of it',
    files: { 'src/more.txt': 'x' },
  });
  const { head } = await world.until(
    (now) =>
      now.standing !== undefined && now.standing.approvedBy.length === 0 && now.phase.kind === 'following',
  );
  await approve();
  runner.finish('success', []);
  await world.ready();
  await world.until(({ described }) => described !== undefined);
  const { data: open } = await app.pulls.get({ ...place, pull_number: number });
  await world.merge();
  const { merged } = await world.phase('deploying');
  world.built(merged?.commit ?? '');
  const { deployment } = await world.phase('finished');

  expect(open).toMatchObject({ title: 'Banner', head: { sha: head } });
  expect(open.body).toContain('More of it');
  expect(open.labels.map(({ name }) => name)).toEqual(['refactoring']);
  const { data: main } = await app.repos.getBranch({ ...place, branch: 'main' });
  expect(merged?.commit).toBe(main.commit.sha);
  expect(deployment).toEqual({ number: 1, isByItself: false });
  expect(world.reports).toEqual([]);
}, 60_000);
