import { afterEach, describe, expect, it } from 'vitest';
import { movedRef } from '../../jobs/moved-ref.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { aDeployment, aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { type CodeWorld, createCodeWorld } from './code-world.ts';
import { person } from './forge-world.ts';
import { staging, targetIn } from './shop.ts';

const BRANCH = 'feature/banner';
const TAG = 'v2.0.0';
const approvals = {
  needs: [{ from: 'release-manager', count: 1 }],
  within: 7_200_000,
  emergencyAlone: false,
};

let world: CodeWorld;
afterEach(() => world.close());

describe('what was approved and waits for its time', () => {
  /** Asks for a branch or tag in a minute, and has Lena approve it. */
  async function approved(ref: string): Promise<number> {
    world = createCodeWorld({ environment: { approvals } });
    await world.start();
    world.makeImages();
    world.web.tag(TAG, BRANCH);
    const [service] = world.policy.services;
    const [environment] = world.policy.environments;
    if (service === undefined || environment === undefined) throw new Error('The policy is empty');
    const startAt = world.clock.now() + 60_000;
    const outcome = await requestDeployment({ service, environment, ref, startAt }, person(), world.adapters);
    if (outcome.kind !== 'requested') throw new Error(`The request was ${outcome.kind}`);
    await world.untilPhase(outcome.deployment, 'awaiting-approval');
    await world.approve(outcome.deployment);
    await world.untilPhase(outcome.deployment, 'waiting');
    return outcome.deployment;
  }

  it.each([
    [
      'its branch gets another commit',
      BRANCH,
      () => world.web.push(BRANCH, { files: { 'index.js': 'three' } }),
      'feature/banner has moved to [0-9a-f]{12} since',
    ],
    [
      'its branch is pushed by force',
      BRANCH,
      () => {
        world.web.push('other', { files: { 'index.js': 'other' } }, 'main');
        world.publish(world.web.history.branches.get('other') ?? '');
        world.web.point(BRANCH, 'other');
      },
      'feature/banner has moved to [0-9a-f]{12} since',
    ],
    [
      'its branch is deleted',
      BRANCH,
      () => world.web.deleteBranch(BRANCH),
      'feature/banner is not on GitHub any more',
    ],
    ['its tag is moved', TAG, () => world.web.tag(TAG, 'main'), 'v2.0.0 has moved to [0-9a-f]{12} since'],
    ['its tag is deleted', TAG, () => world.web.deleteTag(TAG), 'v2.0.0 is not on GitHub any more'],
  ])('is started as it was approved though %s, and says so', async (_, ref, happens, becomes) => {
    const number = await approved(ref);
    const before = await world.deployment(number);

    happens();
    const deployment = await world.ended(number);
    await world.published(number);

    const told = new RegExp(`${becomes}; ${world.head.slice(0, 12)} is deployed, as it was asked for`, 'u');
    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment.plan.to).toEqual(before.plan.to);
    expect(deployment.plan.to.commit).toBe(world.head);
    expect(world.platform.desired(targetIn(staging)).version).toBe(before.plan.to.version);
    expect(world.web.runs.dispatched.map((run) => run.commit)).toEqual([world.head]);
    expect(deployment.checks.map(({ detail }) => detail)).toContainEqual(expect.stringMatching(told));
    const lines = world.chat.messages().flatMap(({ ts }) => world.chat.thread(ts));
    expect(lines.join('\n')).toMatch(told);
  });

  it.each([
    ['does not answer', new CodeHostUnavailable('No connection.')],
    ['may not be asked', new CodeHostRefused('Forge may not read it.', 'forbidden')],
  ])('is started as it was approved though GitHub %s, and says that nobody knows', async (_, error) => {
    const number = await approved(BRANCH);

    world.host.fail('ref', error);
    const { phase, checks } = await world.ended(number);

    expect(phase.kind).toBe('succeeded');
    expect(checks.map(({ detail }) => detail)).toContainEqual(
      `GitHub does not say whether ${BRANCH} has moved since; ${world.head.slice(0, 12)} is deployed, as it was asked for`,
    );
  });

  it('says nothing of a branch that stayed where it was', async () => {
    const number = await approved(BRANCH);

    const { phase, checks } = await world.ended(number);

    expect(phase.kind).toBe('succeeded');
    expect(await world.eventTypes(number)).not.toContain('owner-asked');
    expect(checks.map(({ name }) => name)).not.toContain('Branch or tag');
  });
});

describe('a tag that was pushed', () => {
  function moved(): Promise<string | undefined> {
    const plan = aPlan({ to: aRelease({ commit: world.head, version: TAG }) });
    const pushed = { repository: 'acme/checkout', ref: `refs/tags/${TAG}`, commit: world.head };
    const deployment = aDeployment([aRequestedEvent({ service: 'checkout', ref: TAG, pushed, plan })]);
    return movedRef(deployment, world.adapters, AbortSignal.timeout(10_000));
  }

  it('is not taken for a branch of the same name', async () => {
    world = createCodeWorld();
    world.web.tag(TAG, BRANCH);
    world.web.push(TAG, { files: { 'index.js': 'other' } }, 'main');
    const there = await moved();
    world.web.deleteTag(TAG);

    expect([there, await moved()]).toEqual([undefined, expect.stringContaining('is not on GitHub any more')]);
  });
});
