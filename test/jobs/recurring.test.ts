import { afterEach, describe, expect, it } from 'vitest';
import { environmentNamed } from '../../src/domain/policy.ts';
import { cancelRecurring, scheduleRecurring } from '../../src/use-cases/recurring.ts';
import { aPeoplePolicy } from '../builders.ts';
import { minutes, policyOf } from './approval-world.ts';
import { person } from './forge-world.ts';
import { createScheduleWorld, type ScheduleWorld } from './schedule-world.ts';
import { checkout } from './shop.ts';

const hours = 60 * minutes;
let world: ScheduleWorld;
afterEach(() => world.close());

async function startedWorld(policy?: ReturnType<typeof policyOf>): Promise<void> {
  world = createScheduleWorld(policy);
  await world.start();
}

/** The newest release of main to staging at half past every hour; it is nine. */
async function recurring(cron = '30 * * * *', ref?: string) {
  const environment = environmentNamed(world.policy, 'staging');
  if (environment === undefined) throw new Error('There is no staging');
  const request = {
    service: checkout,
    environment,
    cron,
    zone: 'UTC',
    ...(ref === undefined ? {} : { ref }),
  };
  return scheduleRecurring(request, person(), world.adapters);
}

async function versions(): Promise<string[]> {
  const all = await world.store.history({ limit: 10 });
  return all.toReversed().map(({ plan }) => plan.to.version);
}

const told = () => world.store.announcements('R1');

describe('what recurs', () => {
  it('asks for a deployment at each of its times', async () => {
    await startedWorld();
    await recurring();
    await world.pass(29 * minutes);
    expect(await versions()).toEqual([]);

    await world.pass(4 * minutes);
    expect(await versions()).toEqual(['v1.3.0']);
    await world.deploy('v1.2.0');
    await world.pass(hours);

    expect(await versions()).toEqual(['v1.3.0', 'v1.2.0', 'v1.3.0']);
    const [first] = await world.store.events(1);
    expect(first).toMatchObject({
      ...{ by: { kind: 'person', userId: 'U0MAYA' }, cause: 'recurring/R1/2026-01-05T09:30:00.000Z' },
      why: 'Recurring, as R1',
    });
    expect(await told()).toEqual([]);
  });

  it('tells its owner when there was nothing to do, and goes on with the next', async () => {
    await startedWorld();
    await recurring('30 * * * *', 'v1.0.0');

    await world.pass(31 * minutes);
    const { problem, nextAt } = (await world.store.recurring('R1')) ?? {};
    expect(problem?.reason).toContain('v1.0.0 is live on Checkout in staging already');
    expect(nextAt).toBe(Date.UTC(2026, 0, 5, 10, 30));
    expect(await told()).toMatchObject([{ tells: 'recurring-not-started', channel: 'U0MAYA' }]);
    await world.deploy('v1.1.0');
    await world.pass(hours);

    expect(await versions()).toEqual(['v1.1.0', 'v1.0.0']);
    expect(await told()).toHaveLength(1);
  });

  it.each([
    ['has left, and the channel is told', 'U0MAYA', '<@U0MAYA>’s, who is no full member', 'C0STAGING'],
    ['cannot be asked about, and is told', 'Slack', 'Slack did not say who its owner is', 'U0MAYA'],
  ])('is not started in the name of an owner who %s', async (_, who, reason, channel) => {
    await startedWorld();
    await recurring();
    await world.pass(29 * minutes);
    world.leaves(who);

    await world.pass(4 * minutes);

    expect(await versions()).toEqual([]);
    expect((await world.store.recurring('R1'))?.problem?.reason).toContain(reason);
    expect(await told()).toMatchObject([{ tells: 'recurring-not-started', channel }]);
  });

  it('is not started for an owner who may not schedule there any more', async () => {
    const policy = policyOf('policy 1', { approvals: undefined });
    await startedWorld(policy);
    await recurring();
    await world.pass(29 * minutes);
    world.policy.people = aPeoplePolicy({ everyone: 'viewer' });

    await world.pass(4 * minutes);

    expect(await versions()).toEqual([]);
    expect((await world.store.recurring('R1'))?.problem?.reason).toMatch(
      /<@U0MAYA>’s, who may not do that any more\. .* schedule deployments of/u,
    );
  });

  it('is told to its owner, and not started, while another is at the service', async () => {
    await startedWorld();
    await recurring();
    await world.pass(29 * minutes + 45_000);
    world.platform.behave('v1.2.0', { kind: 'stalling' });
    await world.request('v1.2.0');

    await world.pass(minutes);

    expect((await world.store.recurring('R1'))?.problem?.reason).toContain('is deploying v1.2.0');
  });

  it('missed by less than ten minutes is made up for, once', async () => {
    await startedWorld();
    await recurring();
    await world.pass(29 * minutes);
    world.crash();
    await world.pass(9 * minutes);

    await world.start();
    await world.pass(3 * minutes);

    expect(await versions()).toEqual(['v1.3.0']);
  });

  it('missed by more is skipped and told, however many times were missed', async () => {
    await startedWorld();
    await recurring();
    world.crash();
    await world.pass(4 * hours + 45 * minutes);

    await world.start();
    await world.pass(minutes);

    expect(await versions()).toEqual([]);
    expect(await world.store.recurring('R1')).toMatchObject({
      nextAt: Date.UTC(2026, 0, 5, 14, 30),
      problem: { reason: expect.stringContaining('more than ten minutes late it is skipped') },
    });
    expect(await told()).toHaveLength(1);
  });

  it('that is cancelled never asks again, and its run ends', async () => {
    await startedWorld();
    await recurring();
    await world.pass(minutes);

    await cancelRecurring({ id: 'R1' }, person('U0LEO'), world.adapters);
    await world.pass(2 * hours);

    expect(await versions()).toEqual([]);
    expect((await world.store.recurring('R1'))?.cancelled?.by).toMatchObject({ userId: 'U0LEO' });
    expect(await world.store.recurrings()).toEqual([]);
    await expect(cancelRecurring({ id: 'R1' }, person(), world.adapters)).rejects.toThrow(
      /cancelled already/u,
    );
    await expect(cancelRecurring({ id: 'R9' }, person(), world.adapters)).rejects.toThrow(/There is no R9/u);
  });

  it('cannot be where people must approve each deployment', async () => {
    await startedWorld(policyOf('policy 1'));

    await expect(recurring()).rejects.toThrow(/need somebody’s approval each time/u);
    expect(await world.store.recurrings()).toEqual([]);
  });

  it('stops being started, and says so, where approval is needed since', async () => {
    await startedWorld();
    await recurring();
    world.replacePolicy(policyOf('policy 2'));

    await world.pass(31 * minutes);

    expect(await versions()).toEqual([]);
    expect((await world.store.recurring('R1'))?.problem?.reason).toContain('approval each time');
  });
});
