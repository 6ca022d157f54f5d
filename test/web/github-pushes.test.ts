import { afterEach, describe, expect, it } from 'vitest';
import { signal } from '../../db/schema.sqlite.ts';
import { githubActs } from '../../sandbox/control-github-acts.ts';
import { WEBHOOK_SECRET } from '../../sandbox/github/hooks/hook-settings.ts';
import { APP } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { createWebServer } from '../../src/web/server.ts';
import { eventually } from '../eventually.ts';
import { silentLog } from '../fakes/log.ts';
import { createFollowWorld, type FollowWorld, followPolicy } from '../jobs/follow-world.ts';
import { startGithub } from '../sandbox/github/start-github.ts';
import { ship } from './listening.ts';

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
  const acts = githubActs(github);
  /** Somebody pushes a commit whose image is there. */
  async function push(branch = 'main'): Promise<string> {
    const change = { message: 'A change', files: { a: 'b' } };
    const { sha } = await acts.commit({ repository, as, branch, from: 'main', ...change });
    world.build(sha);
    return sha;
  }
  return { world, github, acts, push, host };
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
    const { world, github, push } = await begin();

    const sha = await push();
    await github.webhooks.settled();

    expect(await asked(world, 'staging')).toEqual([sha]);
    expect((await world.all())[0]?.pushed).toMatchObject({ login: as, person: 'U0SAM' });
  });

  it('of a tag has its commit asked for where tags are deployed', async () => {
    const { world, github, acts, push } = await begin();
    const sha = await push();

    await acts.pushTag({ repository, as, tag: 'v7.0.0', ref: 'main' });
    await github.webhooks.settled();

    expect(await asked(world, 'production')).toEqual([sha]);
  });

  it('that nobody delivered is found by looking', async () => {
    const { world, github, push } = await begin();
    github.webhooks.change({ url: 'http://127.0.0.1:1/nobody' });
    const sha = await push();
    await github.webhooks.settled();

    await world.look();

    expect(await asked(world, 'staging')).toEqual([sha]);
  });
});

describe('what GitHub tells of a branch that is shipped', () => {
  it('reaches its shipment: checks, statuses, its pull request and reviews', async () => {
    const { world, github, acts, push, host } = await begin();
    await ship(world.store, 'feature/x', { head: await push('feature/x') });
    const { signal: within } = new AbortController();
    let pull = 0;
    const open = async () => {
      const request = { head: 'feature/x', base: 'main', title: 'Add', body: '' };
      pull = (await host.createPullRequest(repository, request, { signal: within })).number;
    };
    const rung = async (does: () => Promise<unknown>): Promise<boolean> => {
      const before = world.database.orm.select().from(signal).all().length;
      await does();
      await github.webhooks.settled();
      await eventually(async () => (await world.openDeliveries()) === 0);
      const after = world.database.orm.select().from(signal).all();
      // As its run does.
      world.database.orm.update(signal).set({ takenBy: 1 }).run();
      return after.length > before && after.every(({ run }) => run === 'ship/S1');
    };
    const check = { repository, as, ref: 'feature/x', name: 'build', state: 'success' } as const;

    const woken = [
      await rung(() => acts.check({ ...check, kind: 'check-run' })),
      await rung(() => acts.check({ ...check, kind: 'status' })),
      await rung(open),
      await rung(() => acts.review({ repository, as, pull, verdict: 'approve', says: 'Good.' })),
      await rung(() => push('feature/x')),
      await rung(() => push('feature/y')),
    ];

    expect(woken).toEqual([true, true, true, true, true, false]);
  });
});
