import { afterEach, describe, expect, it } from 'vitest';
import { githubActs } from '../../sandbox/control-github-acts.ts';
import { WEBHOOK_SECRET } from '../../sandbox/github/hooks/hook-settings.ts';
import { APP } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { createWebServer } from '../../src/web/server.ts';
import { eventually } from '../eventually.ts';
import { silentLog } from '../fakes/log.ts';
import { createFollowWorld, type FollowWorld, followPolicy } from '../jobs/follow-world.ts';
import { startGithub } from '../sandbox/github/start-github.ts';

const repository = 'acme/api';
const as = 'sam-okafor';
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Forge's web server and what follows from deliveries, beside a GitHub that signs them, with a real git repository. */
async function begin() {
  const { github, origin } = await startGithub();
  const host = createGithub({
    credentials: { kind: 'app', appId: String(APP.id), privateKey: github.privateKey },
    apiUrl: `${origin}/github`,
    log: silentLog,
  });
  const people = { 'sam-okafor': 'U0SAM' };
  const policy = followPolicy.github;
  if (policy === undefined) throw new Error('The policy has no GitHub');
  const world = await createFollowWorld({ ...followPolicy, github: { ...policy, people } }, host);
  const web = createWebServer(
    { port: 0, host: '127.0.0.1', webhookSecret: WEBHOOK_SECRET },
    { log: silentLog },
  );
  const port = await web.start();
  web.serve(world.desk());
  github.webhooks.change({ url: `http://127.0.0.1:${port}/github/webhook` });
  await world.start();
  await world.look();
  ends.push(async () => {
    await web.stop();
    await world.close();
  });
  return { world, github, acts: githubActs(github) };
}

async function asked(world: FollowWorld, environment: string): Promise<(string | undefined)[]> {
  await eventually(async () => {
    await world.clock.advance(500);
    return (await world.asked(environment)).length > 0;
  });
  return world.asked(environment);
}

describe('a push to GitHub', () => {
  it('reaches Forge signed, and has exactly that commit asked for, by who pushed it', async () => {
    const { world, github, acts } = await begin();

    const { sha } = await acts.commit({
      repository,
      as,
      branch: 'main',
      message: 'A change',
      files: { a: 'b' },
    });
    world.build(sha);
    await github.webhooks.settled();

    expect(await asked(world, 'staging')).toEqual([sha]);
    expect((await world.all())[0]?.pushed).toMatchObject({ login: as, person: 'U0SAM' });
  });

  it('of a tag has its commit asked for where tags are deployed', async () => {
    const { world, github, acts } = await begin();
    const { sha } = await acts.commit({
      repository,
      as,
      branch: 'main',
      message: 'A change',
      files: { a: 'b' },
    });
    world.build(sha);

    await acts.pushTag({ repository, as, tag: 'v7.0.0', ref: 'main' });
    await github.webhooks.settled();

    expect(await asked(world, 'production')).toEqual([sha]);
  });

  it('that nobody delivered is found by looking', async () => {
    const { world, github, acts } = await begin();
    github.webhooks.change({ url: 'http://127.0.0.1:1/nobody' });
    const { sha } = await acts.commit({
      repository,
      as,
      branch: 'main',
      message: 'A change',
      files: { a: 'b' },
    });
    world.build(sha);
    await github.webhooks.settled();

    await world.look();

    expect(await asked(world, 'staging')).toEqual([sha]);
  });
});
