import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { ServicePolicy } from '../../src/domain/policy.ts';
import { scheduleRecurring } from '../../src/use-cases/recurring.ts';
import {
  type DeploymentRequest,
  type RequestOutcome,
  requestDeployment,
} from '../../src/use-cases/request-deployment.ts';
import { rollBack } from '../../src/use-cases/roll-back.ts';
import { createForgeWorld, type ForgeWorld, person } from '../jobs/forge-world.ts';
import { checkout, europe, giveLive, production, releaseOf, staging } from '../jobs/shop.ts';

describe('asking for a deployment', () => {
  let world: ForgeWorld;

  beforeEach(() => {
    world = createForgeWorld();
  });
  afterEach(() => world.close());

  const ask = (change: Partial<DeploymentRequest> = {}, caller: Caller = person()): Promise<RequestOutcome> =>
    requestDeployment({ service: checkout, environment: staging, ...change }, caller, world.adapters);

  it('records what was asked, by whom and why, with the plan to do it', async () => {
    const caller = person('U0MAYA');

    const outcome = await ask({ ref: 'v1.1.0', why: 'the sale begins' }, caller);

    expect(outcome).toEqual({ kind: 'requested', deployment: 1 });
    expect(await world.deployment(1)).toMatchObject({
      service: 'checkout',
      environment: 'staging',
      channel: 'C0STAGING',
      ref: 'v1.1.0',
      why: 'the sale begins',
      requestedBy: caller.actor,
      phase: { kind: 'requested' },
      plan: { from: { [europe]: { version: 'v1.0.0' } }, to: { version: 'v1.1.0' } },
    });
  });

  it('has no effect by itself', async () => {
    await ask({ ref: 'v1.1.0' });

    expect(world.platform.changes).toEqual([]);
  });

  it('takes the newest release of the environment’s branch where none is named', async () => {
    await ask();

    const { plan, ref } = await world.deployment(1);
    expect(plan.to.version).toBe('v1.3.0');
    expect(ref).toBeUndefined();
  });

  it('for one time of what recurs is done once, and goes on to the next time', async () => {
    const recurring = await scheduleRecurring(
      { service: checkout, environment: staging, cron: '30 * * * *', zone: 'UTC' },
      person(),
      world.adapters,
    );
    const { id, nextAt } = recurring;
    const occurrence = { recurring: id, at: nextAt, next: nextAt + 3_600_000 };

    expect(await ask({ occurrence }, person())).toEqual({ kind: 'requested', deployment: 1 });
    expect(await ask({ occurrence }, person())).toEqual({ kind: 'repeated' });
    expect(await world.store.recurring(id)).toMatchObject({ nextAt: nextAt + 3_600_000 });
  });

  it('gives each deployment the next number', async () => {
    await world.start();
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0');

    expect(await ask({ environment: production, ref: 'v1.1.0' })).toEqual({
      kind: 'requested',
      deployment: 3,
    });
  });

  it('does nothing where the ref means several releases, and names them', async () => {
    const twins = ['v2.0.0', 'v2.1.0'].map((version) => ({
      ...releaseOf(version),
      commit: `abc1234${version.replaceAll(/\D/gu, '')}`.padEnd(40, '0'),
    }));
    for (const release of twins) world.sourceControl.add({ release, branch: 'feature' });

    const outcome = await ask({ ref: 'abc1234' });

    expect(outcome).toMatchObject({ kind: 'ambiguous', ref: 'abc1234' });
    expect(outcome.kind === 'ambiguous' && outcome.candidates.map(({ version }) => version)).toEqual([
      'v2.1.0',
      'v2.0.0',
    ]);
    expect(await world.store.unfinished()).toEqual([]);
  });

  it('of a ref that means nothing names the newest releases', async () => {
    await expect(ask({ ref: 'v9' })).rejects.toThrow(
      'Checkout has no release called “v9”. The newest are v1.3.0, v1.2.0, v1.1.0, v1.0.0. Name one of them',
    );
  });

  it('of a branch without releases says what the environment deploys by default', async () => {
    const environment = { ...staging, branch: 'develop' };

    await expect(ask({ environment })).rejects.toThrow(
      'Checkout has no release of the branch `develop`, which staging deploys by default.',
    );
  });

  it('of a service without releases says so', async () => {
    const service: ServicePolicy = { ...checkout, name: 'search', title: 'Search' };

    await expect(ask({ service, ref: 'v1' })).rejects.toThrow('It has no releases at all yet.');
  });

  it('of a release that is not in every region says where it is missing', async () => {
    world.sourceControl.add({ release: releaseOf('v1.4.0'), branch: 'main', missingIn: [europe] });

    await expect(ask({ ref: 'v1.4.0' })).rejects.toThrow(
      'The image of v1.4.0 is not in eu-west-1 yet. Nothing was changed.',
    );
  });

  it('of what is live everywhere says that there is nothing to do', async () => {
    await expect(ask({ ref: 'v1.0.0' })).rejects.toThrow(
      'v1.0.0 is live on Checkout in staging already. There is nothing to deploy',
    );
  });

  it('of what is live in some regions brings it to the others', async () => {
    giveLive(world.platform, 'v1.1.0', production, europe);

    expect(await ask({ environment: production, ref: 'v1.1.0' })).toMatchObject({ kind: 'requested' });
  });

  it.each(['unavailable', 'refused'] as const)('creates nothing when AWS is %s', async (kind) => {
    world.platform.break({ method: 'live', kind });

    const asking = expect(ask({ ref: 'v1.1.0' })).rejects.toThrow('The platform');
    await world.clock.advance(25_000);

    await asking;
    expect(await world.store.nextNumber()).toBe(1);
  });

  it('creates nothing when the registry is silent', async () => {
    world.sourceControl.silence(true);

    const asking = expect(ask({ ref: 'v1.1.0' })).rejects.toThrow('The registry did not answer');
    await world.clock.advance(25_000);

    await asking;
    expect(await world.store.nextNumber()).toBe(1);
  });

  it('gets over AWS blinking, at the registry and at the platform', async () => {
    world.sourceControl.silence(true);
    world.platform.break({ method: 'live', kind: 'unavailable', times: 2 });

    const asking = ask({ ref: 'v1.1.0' });
    await world.clock.advance(100);
    world.sourceControl.silence(false);
    await world.clock.advance(5_000);

    expect(await asking).toEqual({ kind: 'requested', deployment: 1 });
  });

  it('does not ask again for what AWS refuses', async () => {
    world.platform.break({ method: 'live', kind: 'refused', times: 1 });

    await expect(ask({ ref: 'v1.1.0' })).rejects.toThrow('The platform refuses live.');
  });

  it('while another is under way says who is at it and how to stop it', async () => {
    await ask({ ref: 'v1.1.0' }, person('U0MAYA'));

    const second = ask({ ref: 'v1.2.0' }, person('U0LEO'));

    await expect(second).rejects.toThrow(UserError);
    await expect(second).rejects.toThrow(
      '<@U0MAYA> is about to deploy v1.1.0 to Checkout in staging (#1). Wait until it is done, or stop it with `/forge abort #1`.',
    );
  });

  it('while another waits for an answer says how to give it: waiting would not help', async () => {
    await ask({ ref: 'v1.1.0' }, person('U0MAYA'));
    const question = { question: 'AWS does not answer', resumeMeans: '', abortMeans: '', deadline: 1 };
    const events = [{ type: 'started' }, { type: 'held', ...question }] as const;
    const by = person().actor;
    await world.store.commit([
      { kind: 'append', deployment: 1, expect: 'any', events: [...events], by, cause: 'held' },
    ]);

    await expect(ask({ ref: 'v1.2.0' })).rejects.toThrow(
      '#1 (v1.1.0 on Checkout in staging) waits for somebody to say how it goes on. Answer in its message, or type `/forge resume #1` or `/forge abort #1`.',
    );
    await world.abort(1);
    await expect(ask({ ref: 'v1.2.0' })).rejects.toThrow(/^<@U0MAYA> is deploying v1\.1\.0/u);
  });

  it('is possible elsewhere while one is under way here', async () => {
    await ask({ ref: 'v1.1.0' });

    expect(await ask({ environment: production, ref: 'v1.1.0' })).toMatchObject({ deployment: 2 });
  });

  it('by two people at the same moment creates one deployment, and the other is told who', async () => {
    const outcomes = await Promise.allSettled([
      ask({ ref: 'v1.1.0' }, person('U0MAYA')),
      ask({ ref: 'v1.2.0' }, person('U0LEO')),
    ]);

    const created = outcomes.filter(({ status }) => status === 'fulfilled');
    const [refused] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(created).toHaveLength(1);
    expect(String(refused?.reason)).toMatch(/<@U0(MAYA|LEO)> is about to deploy v1\.[12]\.0 .* \(#1\)/u);
    expect(await world.store.nextNumber()).toBe(2);
  });

  it('by many people elsewhere at the same moment gives each a number of their own', async () => {
    const services = Array.from({ length: 5 }, (_, index) => ({ ...checkout, name: `service-${index}` }));
    for (const { name } of services) {
      world.sourceControl.add({ release: { ...releaseOf('v1.1.0'), service: name }, branch: 'main' });
      world.platform.give(
        { service: name, environment: 'staging', region: europe },
        { version: 'v1.0.0', digest: `sha256:${'0'.repeat(64)}` },
      );
    }

    const outcomes = await Promise.all(services.map((service) => ask({ service, ref: 'v1.1.0' })));

    const numbers = outcomes.map((outcome) => outcome.kind === 'requested' && outcome.deployment);
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  it('by an arrival that was dealt with before creates nothing', async () => {
    const caller = person();
    await world.store.keepArrival({ id: caller.arrival, kind: 'command', payload: {} });
    await ask({ ref: 'v1.1.0' }, caller);

    expect(await ask({ ref: 'v1.1.0' }, caller)).toEqual({ kind: 'repeated' });
    expect(await ask({ environment: production, ref: 'v1.1.0' }, caller)).toEqual({ kind: 'repeated' });
    expect(await world.store.nextNumber()).toBe(2);
  });

  it('by one arrival processed twice at the same moment creates one deployment', async () => {
    const caller = person();
    await world.store.keepArrival({ id: caller.arrival, kind: 'command', payload: {} });

    const outcomes = await Promise.all([ask({ ref: 'v1.1.0' }, caller), ask({ ref: 'v1.1.0' }, caller)]);

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['repeated', 'requested']);
    expect(await world.store.nextNumber()).toBe(2);
  });

  it('finishes the arrival with it, so that a restart does not do it again', async () => {
    const caller = person();
    await world.store.keepArrival({ id: caller.arrival, kind: 'command', payload: {} });

    await ask({ ref: 'v1.1.0' }, caller);

    expect(await world.store.openArrivals()).toEqual([]);
  });

  it('while a rollback is under way says that it is one', async () => {
    await world.start();
    await world.deploy('v1.1.0');
    const { generation, plan } = await world.deployment(1);
    await rollBack(
      { undoes: 1, seen: { generation, digest: plan.digest } },
      person('U0MAYA'),
      world.adapters,
    );

    await expect(ask({ ref: 'v1.2.0' }, person('U0LEO'))).rejects.toThrow(
      '<@U0MAYA> is about to roll back Checkout in staging to v1.0.0 (#2).',
    );
    await world.store.commit([
      {
        kind: 'append',
        deployment: 2,
        expect: 'any',
        events: [{ type: 'started' }],
        by: { kind: 'job', run: 'deploy/2' },
        cause: 'begun',
      },
    ]);
    await expect(ask({ ref: 'v1.2.0' }, person('U0LEO'))).rejects.toThrow(
      '<@U0MAYA> is rolling back Checkout in staging to v1.0.0 (#2).',
    );
  });
});
