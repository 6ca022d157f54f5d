import { afterEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import type { Pushed } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { resumeAutomatic } from '../../src/use-cases/automatic-hold.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { type ApprovalWorld, createApprovalWorld, policyOf } from './approval-world.ts';
import { person } from './forge-world.ts';
import { checkout, releaseOf } from './shop.ts';

let world: ApprovalWorld;
afterEach(() => world.close());

const place = { service: 'checkout', environment: 'staging' };
const unapproved = { approvals: undefined };

async function begin(change?: Parameters<typeof policyOf>[1]): Promise<void> {
  const policy = policyOf('policy 1', change);
  const [first, ...others] = policy.environments;
  if (first === undefined) throw new Error('There is no environment');
  const github: NonNullable<Policy['github']> = {
    ...{ triggers: { kind: 'webhook' }, people: {} },
    ship: { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 },
  };
  const environments = [{ ...first, triggers: { push: 'main' } }, ...others];
  world = createApprovalWorld({ ...policy, environments, github });
  await world.start();
}

/** What was pushed to main is asked for; gives its number. */
async function pushed(version: string, by: Partial<Pushed> = {}): Promise<number> {
  const { commit = '' } = releaseOf(version);
  const ref = 'refs/heads/main';
  const environment = world.policy.environments[0];
  if (environment === undefined) throw new Error('There is no environment');
  const last = await world.store.lastFollowed({ ...place, ref });
  const outcome = await requestDeployment(
    {
      ...{ service: checkout, environment, ref: 'main' },
      automatic: { pushed: { repository: 'acme/checkout', ref, commit, ...by }, after: last?.id },
    },
    { actor: { kind: 'trigger', source: 'github', id: commit }, arrival: `follow/${commit}/${last?.id}` },
    world.adapters,
  );
  if (outcome.kind !== 'requested') throw new Error(`It was ${outcome.kind}`);
  return outcome.deployment;
}

/** One that people let go is live; another that was pushed awaits them. */
async function pushedAfterALiveOne(): Promise<{ live: number; pending: number }> {
  const live = await pushed('v1.1.0', { person: 'U0SAM' });
  await world.asked(live);
  await world.vote(live, 'U0LEO');
  await world.vote(live, 'U0PRIYA');
  await world.untilPhase(live, 'succeeded');
  const pending = await pushed('v1.2.0', { person: 'U0SAM' });
  await world.asked(pending);
  return { live, pending };
}

const hold = () => world.store.automaticHold(place);

describe('who pushed', () => {
  it('may not vote on it, and is told why', async () => {
    await begin();
    const number = await pushed('v1.1.0', { login: 'leo', person: 'U0LEO' });

    const { approval } = await world.asked(number);

    expect(approval?.needs).toEqual([
      { from: 'release-manager', count: 1 },
      { from: 'security', count: 1 },
    ]);
    await expect(world.vote(number, 'U0LEO')).rejects.toThrow(`You pushed what #${number} deploys`);
  });

  it('being nobody Forge knows, it takes one more, and the author has no vote', async () => {
    await begin();
    const number = await pushed('v1.1.0', { login: 'octocat', author: 'U0PRIYA' });
    const { approval } = await world.asked(number);
    expect(approval?.needs[0]).toEqual({ from: 'release-manager', count: 2 });
    await expect(world.vote(number, 'U0PRIYA')).rejects.toThrow(`You wrote what #${number} deploys`);

    await world.vote(number, 'U0LEO');
    await world.vote(number, 'U0RAVI');
    await world.clock.advance(30_000);

    expect((await world.deployment(number)).phase.kind).toBe('awaiting-approval');
  });
});

describe('automatic deployments of a place', () => {
  it('are held by a rollback there, which ends those that have not begun', async () => {
    await begin();
    const held = await pushedAfterALiveOne();

    const undo = await world.undo(held.live);

    expect(undo).toMatchObject({ kind: 'requested' });
    expect((await world.deployment(3)).holdsAutomatic).toBe(true);
    expect((await world.deployment(held.pending)).phase).toMatchObject({
      ...{ kind: 'superseded', reason: expect.stringContaining('are held since') },
    });
    expect(await hold()).toMatchObject({ by: { userId: 'U0MAYA' } });
    expect(await world.store.announcements('checkout/staging')).toHaveLength(1);
    await world.ended(3);
    await expect(pushed('v1.3.0')).rejects.toThrow('are held');
  });

  it('are held once one of them failed and was put back', async () => {
    await begin(unapproved);
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    const number = await pushed('v1.1.0');

    expect((await world.ended(number)).phase.kind).toBe('rolled-back');

    expect(await hold()).toMatchObject({ deployment: number });
    expect((await world.deployment(number)).holdsAutomatic).toBe(true);
    expect(await world.store.announcements('checkout/staging')).toMatchObject([
      { tells: 'automatic-held', channel: 'C0STAGING' },
    ]);
    await expect(pushed('v1.2.0')).rejects.toThrow('are held');
  });

  it('are held once somebody aborted one that had begun, and not before', async () => {
    await begin(unapproved);
    const early = await pushed('v1.1.0');
    await world.abort(early);
    await world.ended(early);
    expect(await hold()).toBeUndefined();
    const number = await pushed('v1.2.0');
    await world.untilPhase(number, 'running');

    await world.abort(number, person('U0SAM'));
    await world.ended(number);

    expect(await hold()).toMatchObject({ deployment: number, by: { userId: 'U0SAM' } });
  });

  it('go on by the word of a person, which the deployment says because of which they were held', async () => {
    await begin(unapproved);
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    const number = await pushed('v1.1.0');
    await world.ended(number);

    await resumeAutomatic({ ...place, since: number, why: 'mended' }, person('U0SAM'), world.adapters);
    const late = resumeAutomatic({ ...place, since: number }, person('U0MAYA'), world.adapters);

    await expect(late).rejects.toThrow('is over: <@U0SAM> ended it');
    expect((await world.deployment(number)).holdsAutomatic).toBeUndefined();
    await world.published(number);
    expect(world.chat.messages().flatMap(({ ts }) => world.chat.thread(ts))).toContain(
      '<@U0SAM> let automatic deployments there go on:\n> mended',
    );
  });

  it('are held once somebody took over one of them, and left to that person', async () => {
    await begin(unapproved);
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'refused' }),
    );
    const number = await pushed('v1.1.0');
    await world.until(async () => isBlocked(await world.deployment(number)));
    await broken;
    expect(await hold()).toBeUndefined();

    await takeOver({ deployment: number }, person('U0SAM'), world.store);

    expect((await world.deployment(number)).phase.kind).toBe('left');
    expect(await hold()).toMatchObject({ deployment: number });
  });
});
