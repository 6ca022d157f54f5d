import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { planDeployment } from '../../src/strategies/plan-deployment.ts';
import { aLive } from '../builders.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { checkout, europe, releaseOf, staging, targetIn, timing } from './shop.ts';

describe('a deployment that no run works on', () => {
  let world: ForgeWorld;

  beforeEach(() => {
    world = createForgeWorld();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  /** A deployment of v1.1.0 that came as far as these events, without any run. */
  async function lost(events: DeploymentEvent[], deployment = 1): Promise<void> {
    const { revision, version, digest } = world.platform.desired(targetIn(staging));
    const live = { [europe]: aLive({ revision, version, ...(digest === undefined ? {} : { digest }) }) };
    const place = { service: checkout, environment: staging };
    const plan = planDeployment({ ...place, live, timing, release: releaseOf('v1.1.0') });
    const request: DeploymentEvent = {
      type: 'requested',
      service: checkout.name,
      environment: staging.name,
      plan,
      channel: staging.channel,
    };
    const { actor } = person();
    await world.store.commit([
      { kind: 'append', deployment, expect: 0, events: [request, ...events], by: actor, cause: 'lost' },
    ]);
  }

  /** As if the start had reached AWS. */
  async function startedOnAws(): Promise<void> {
    const { signal } = new AbortController();
    await world.platform.start(targetIn(staging), { on: 'only', release: releaseOf('v1.1.0') }, { signal });
  }

  async function putBackRuns(): Promise<string[]> {
    const statuses = ['queued', 'active', 'done', 'failed', 'aborted', 'stuck'] as const;
    const runs = await world.engine().list({ statuses });
    return runs.filter(({ job }) => job === 'put-back').map(({ id }) => id);
  }

  it('and that never began is refused, and may be asked for again', async () => {
    await lost([{ type: 'checking' }]);
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase).toEqual({
      kind: 'refused',
      reason: 'Forge lost the run that prepared it. Nothing was changed; ask again.',
    });
    expect((await world.deploy('v1.1.0')).phase.kind).toBe('succeeded');
  });

  it('and that never began ends as aborted when somebody aborts it', async () => {
    await lost([{ type: 'checking' }]);
    await world.abort(1);
    await world.start();

    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('and that has begun is put back', async () => {
    await lost([
      { type: 'checking' },
      { type: 'started' },
      { type: 'step-started', step: 'eu-west-1/start' },
    ]);
    await startedOnAws();
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase).toEqual({
      kind: 'rolled-back',
      reason: 'Forge lost the run that carried it out, and stopped to be safe',
    });
    expect(deployment.restores[europe]?.kind).toBe('restored');
    expect(desired()).toBe('v1.0.0');
  });

  it('and that was being put back goes on for the reason it had, without saying it again', async () => {
    await lost([
      { type: 'checking' },
      { type: 'started' },
      { type: 'step-started', step: 'eu-west-1/start' },
      { type: 'restoring', because: 'failure', reason: 'exited with 1' },
    ]);
    await startedOnAws();
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'exited with 1' });
    expect((await world.eventTypes(1)).filter((type) => type === 'restoring')).toHaveLength(1);
    expect(desired()).toBe('v1.0.0');
  });

  it('and that touched nothing ends without touching anything', async () => {
    await lost([{ type: 'checking' }, { type: 'started' }]);
    await world.abort(1);
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(deployment.restores).toEqual({});
    expect(world.platform.calls.map(({ method }) => method)).not.toContain('restore');
  });

  it('of a rollback frees what it was to undo', async () => {
    await world.start();
    await world.deploy('v1.1.0');
    await world.engine().run('occupy', null, { id: 'occupier', key: 'checkout/staging' });
    await world.undo(1);
    await world.until(async () => (await world.deployment(2)).startedAt !== undefined);
    await world.engine().abort('deploy/2', 'U0ADMIN', 'by hand');

    const rollback = await world.ended(2);

    expect(rollback.phase.kind).toBe('rolled-back');
    expect(await world.deployment(1)).not.toHaveProperty('undoingBy');
    expect(await world.deployment(1)).not.toHaveProperty('undoneBy');
    expect(desired()).toBe('v1.1.0');
  });

  it('because putting it back failed is put back again, in a run of its own', async () => {
    await lost([
      { type: 'checking' },
      { type: 'started' },
      { type: 'step-started', step: 'eu-west-1/start' },
    ]);
    await startedOnAws();
    world.platform.break({ method: 'restore', kind: 'unavailable' });
    await world.start();
    await world.until(async () => (await world.deployment(1)).phase.kind === 'rolling-back');
    const statuses = ['active'] as const;
    for (const { id, job } of await world.engine().list({ statuses })) {
      if (job === 'restore-region') await world.engine().abort(id, 'U0ADMIN', 'by hand');
    }
    world.platform.mend();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('rolled-back');
    expect(await putBackRuns()).toEqual(['put-back/1', 'put-back/1/2']);
    expect(desired()).toBe('v1.0.0');
  });

  it('is not mistaken for another whose number begins alike', async () => {
    await lost(
      [{ type: 'checking' }, { type: 'started' }, { type: 'step-started', step: 'eu-west-1/start' }],
      10,
    );
    world.platform.break({ method: 'restore', kind: 'unavailable' });
    await world.start();
    await world.until(async () => (await putBackRuns()).includes('put-back/10'));
    await lost([{ type: 'checking' }], 1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('refused');
    expect((await world.deployment(10)).phase.kind).toBe('rolling-back');
  });

  it('and that was being put back after an abort by hand ends as aborted', async () => {
    await lost([
      { type: 'checking' },
      { type: 'started' },
      { type: 'restoring', because: 'abort', reason: 'by hand' },
    ]);
    await world.start();

    expect((await world.ended(1)).phase).toEqual({ kind: 'aborted', reason: 'by hand' });
  });

  it('is put back by one run only, however long that takes', async () => {
    await lost([
      { type: 'checking' },
      { type: 'started' },
      { type: 'step-started', step: 'eu-west-1/start' },
    ]);
    await startedOnAws();
    world.platform.break({ method: 'restore', kind: 'unavailable' });
    await world.start();

    await world.clock.advance(10 * 60_000);

    expect(await putBackRuns()).toEqual(['put-back/1']);
  });

  it('is none while its run works, however long that takes', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 50 });
    await world.start();

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase.kind).toBe('succeeded');
    expect(await putBackRuns()).toEqual([]);
  });
});
