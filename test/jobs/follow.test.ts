import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Followed } from '../../src/domain/automatic.ts';
import { CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { planDeployment } from '../../src/strategies/plan-deployment.ts';
import { createFollowWorld, type FollowWorld, followPolicy, staging, ZEROS } from './follow-world.ts';
import { person } from './forge-world.ts';

let world: FollowWorld;
beforeEach(async () => {
  world = await createFollowWorld();
  await world.start();
});
afterEach(() => world.close());

const inStaging = { service: 'api', environment: 'staging' };

function followed(): Promise<Followed[]> {
  return world.store.followedIn(inStaging);
}

describe('a push', () => {
  it('has exactly its commit deployed, by a trigger that names who pushed', async () => {
    const commit = world.push();

    await world.told({ commit });
    await world.pass();

    const [deployment] = await world.all();
    expect(deployment).toMatchObject({
      ...{ environment: 'staging', channel: 'C0STAGING', ref: 'main' },
      requestedBy: { kind: 'trigger', source: 'github', pusher: { login: 'octocat', person: 'U0SAM' } },
      pushed: { repository: 'acme/api', ref: 'refs/heads/main', commit, login: 'octocat', person: 'U0SAM' },
    });
    expect(await world.asked()).toEqual([commit]);
    expect(await followed()).toMatchObject([
      { ref: 'refs/heads/main', commit, outcome: 'requested', deployment: 1 },
    ]);
  });

  it('that comes out of order deploys what the branch is now, and once', async () => {
    const first = world.push();
    const second = world.push();

    await world.told({ commit: second });
    await world.told({ commit: first });
    await world.pass();

    expect(await world.asked()).toEqual([second]);
  });

  it('takes the place of an older automatic deployment that has not begun, which says so', async () => {
    const first = world.push();
    await world.told({ commit: first });
    await world.pass();
    const second = world.push();

    await world.told({ commit: second });
    await world.pass();

    const [older, newer] = await world.all();
    expect(older?.phase).toMatchObject({ kind: 'superseded', by: 2 });
    expect(newer?.phase.kind).toBe('requested');
    expect(await world.asked()).toEqual([first, second]);
  });

  it('that is told again under another delivery does nothing: what is deployed is what the branch is now', async () => {
    const commit = world.push();
    await world.told({ commit });
    await world.pass();

    await world.told({ commit, said: 'said/otherwise' });
    await world.pass();

    expect(await world.asked()).toEqual([commit]);
  });

  it('waits while a person has the place, and then deploys the newest', async () => {
    const busy = world.push();
    await world.store.commit([
      {
        ...{ kind: 'append', deployment: 1, expect: 0, by: person().actor, cause: 'by hand' },
        events: [
          { type: 'requested', ...inStaging, plan: planOf(busy), channel: 'C0STAGING' },
          { type: 'checking' },
          { type: 'started' },
        ],
      },
    ]);
    const first = world.push();
    await world.told({ commit: first });
    await world.pass(60_000);
    expect(await world.asked()).toEqual([busy]);
    const second = world.push();
    await world.told({ commit: second });

    await world.store.commit([
      {
        ...{ kind: 'append', deployment: 1, expect: 'any', by: person().actor, cause: 'done' },
        events: [{ type: 'succeeded' }],
      },
    ]);
    await world.pass(60_000);

    expect(await world.asked()).toEqual([busy, second]);
  });

  it('of another branch, a deleted one or another repository deploys nothing', async () => {
    const other = world.push('feature/a');
    await world.told({ commit: other, ref: 'refs/heads/feature/a' });
    await world.told({ commit: ZEROS, after: ZEROS });
    await world.told({ commit: world.push(), repository: 'acme/web' });
    await world.pass();

    expect(await world.all()).toEqual([]);
    expect(await world.openDeliveries()).toBe(0);
  });

  it('whose branch is gone by then deploys nothing', async () => {
    const commit = world.push();
    world.repository.deleteBranch('main');

    await world.told({ commit });
    await world.pass();

    expect(await world.all()).toEqual([]);
  });

  it('that a branch has gone back to is deployed again', async () => {
    const first = world.push();
    await world.told({ commit: first });
    await world.pass();
    await world.told({ commit: world.push() });
    await world.pass();
    world.repository.point('main', first);

    await world.told({ commit: first });
    await world.pass();

    expect(await world.asked()).toMatchObject([first, expect.any(String), first]);
  });

  it('waits for GitHub while that is silent', async () => {
    const commit = world.push();
    world.codeHost.fail('ref', new CodeHostUnavailable('GitHub did not answer.'));
    await world.told({ commit });
    await world.pass(60_000);
    expect(await world.all()).toEqual([]);

    world.codeHost.mend();
    await world.pass(60_000);

    expect(await world.asked()).toEqual([commit]);
  });

  it('is deployed once somebody has made its image', async () => {
    const commit = world.repository.push('main');
    await world.told({ commit });
    await world.pass(10 * 60_000);
    expect(await world.all()).toEqual([]);

    world.build(commit);
    await world.pass(60_000);

    expect(await world.asked()).toEqual([commit]);
    expect(await world.announced()).toEqual([]);
  });

  it('of which nobody makes an image is told in the channel, once', async () => {
    const commit = world.repository.push('main');

    await world.told({ commit });
    await world.pass(32 * 60_000);
    await world.look();
    await world.pass(60_000);

    expect(await world.announced()).toEqual(['C0STAGING automatic-not-deployed']);
    expect(await followed()).toMatchObject([{ commit, outcome: 'not-deployed', login: 'octocat' }]);
  });
});

describe('who pushed', () => {
  it('is known by an address that both have verified', async () => {
    world.addresses.set('maya@acme.example', ['U0MAYA']);
    const commit = world.push();

    await world.told({ commit, login: 'maya', email: 'maya@acme.example' });
    await world.pass();

    expect((await world.all())[0]?.pushed).toMatchObject({ login: 'maya', person: 'U0MAYA' });
  });

  it('is nobody where two people have that address', async () => {
    world.addresses.set('maya@acme.example', ['U0MAYA', 'U0SAM']);
    const commit = world.push();

    await world.told({ commit, login: 'maya', email: 'maya@acme.example' });
    await world.pass();

    expect((await world.all())[0]?.pushed).not.toHaveProperty('person');
  });

  it('is never taken from the commit, whose author may be anybody; the author is only noted', async () => {
    world.addresses.set('maya@acme.example', ['U0MAYA']);
    world.push();
    await world.look();
    world.push();

    await world.look();
    await world.pass();

    const [deployment] = await world.all();
    expect(deployment?.pushed).toMatchObject({ author: 'U0MAYA' });
    expect(deployment?.pushed).not.toHaveProperty('person');
  });

  it('is waited for, when the branch has moved on before GitHub has told of that', async () => {
    const first = world.push();
    const second = world.push();
    await world.told({ commit: first });
    await world.pass(1_000);
    expect(await world.all()).toEqual([]);

    await world.told({ commit: second, login: 'Octocat' });
    await world.pass();

    expect((await world.all()).map(({ pushed }) => pushed)).toMatchObject([
      { commit: second, person: 'U0SAM' },
    ]);
  });
});

function planOf(commit: string) {
  const [service] = followPolicy.services;
  if (service === undefined) throw new Error('There is no service');
  const release = { service: 'api', version: 'by hand', commit, digests: {} };
  const live = { 'eu-west-1': { place: 'only' as const, revision: 'r1', version: 'v0.1.0' } };
  return planDeployment({ service, environment: staging, live, timing: followPolicy.timing, release });
}
