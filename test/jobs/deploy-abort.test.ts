import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { UserError } from '../../src/domain/errors.ts';
import { abortDeployment } from '../../src/use-cases/steer-deployment.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { staging, targetIn } from './shop.ts';

describe('an abort', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  const abort = (deployment = 1, by = person('U0LEO')) =>
    abortDeployment({ deployment, why: 'wrong version' }, by, world.store);

  /** Deploys and aborts right after this event was recorded. */
  async function abortedUpon(event: { type: string; step?: string }): Promise<Deployment> {
    const aborted = world.upon(event, () => abort());
    const deployment = await world.deploy('v1.1.0');
    await aborted;
    return deployment;
  }

  it.each([
    { type: 'step-started', step: 'eu-west-1/start' },
    { type: 'step-progressed', step: 'eu-west-1/start' },
    { type: 'step-finished', step: 'eu-west-1/start' },
    { type: 'step-started', step: 'eu-west-1/smoke' },
    { type: 'step-finished', step: 'eu-west-1/smoke' },
    { type: 'step-started', step: 'eu-west-1/verify' },
    { type: 'step-finished', step: 'eu-west-1/verify' },
  ])('right after $type of $step puts back what ran before and confirms it', async (event) => {
    const deployment = await abortedUpon(event);

    expect(deployment.phase).toEqual({ kind: 'aborted', reason: 'wrong version' });
    expect(deployment.abortRequestedBy).toMatchObject({ userId: 'U0LEO' });
    expect(deployment.restores).toEqual({
      'eu-west-1': { kind: 'restored', detail: '2 of 2 tasks run v1.0.0' },
    });
    expect(desired()).toBe('v1.0.0');
  });

  it('without a reason is given none', async () => {
    const aborted = world.upon({ type: 'step-started', step: 'eu-west-1/start' }, () => world.abort(1));
    const deployment = await world.deploy('v1.1.0');
    await aborted;

    expect(deployment.phase).toEqual({ kind: 'aborted', reason: '' });
  });

  it.each([{ type: 'requested' }, { type: 'checking' }])(
    'right after $type changes nothing at all',
    async (event) => {
      const deployment = await abortedUpon(event);

      expect(deployment.phase.kind).toBe('aborted');
      expect(deployment.abortWhy).toBe('wrong version');
      expect(deployment.startedAt).toBeUndefined();
      expect(world.platform.changes).toEqual([]);
    },
  );

  it('while AWS is asked what is live changes nothing', async () => {
    const number = await world.request('v1.1.0');
    world.platform.break({ method: 'live', kind: 'hang' });
    await world.until(() => world.platform.calls.filter(({ method }) => method === 'live').length > 1);
    await abort(number);

    const deployment = await world.ended(number);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.platform.changes).toEqual([]);
  });

  it('between the checks and the start changes nothing', async () => {
    await world.engine().run('occupy', null, { id: 'occupier', key: 'checkout/staging' });
    const number = await world.request('v1.1.0');
    await world.until(async () => (await world.deployment(number)).startedAt !== undefined);
    await abort(number);

    const deployment = await world.ended(number);

    expect(deployment.phase.kind).toBe('aborted');
    expect(deployment.restores).toEqual({});
    expect(world.platform.changes).toEqual([]);
  });

  it('stops a call to AWS that is under way', async () => {
    const number = await world.request('v1.1.0');
    world.platform.break({ method: 'start', kind: 'hang' });
    await world.until(() => world.platform.calls.some(({ method }) => method === 'start'));
    const before = world.clock.now();
    await abort(number);

    const deployment = await world.ended(number);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.clock.now() - before).toBeLessThan(world.policy.timing.silence);
  });

  it('of what has succeeded is refused with how it ended', async () => {
    const { number } = await world.deploy('v1.1.0');

    const refused = abort(number);

    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow('it has succeeded and v1.1.0 is live');
    expect(desired()).toBe('v1.1.0');
  });

  it('of what is being aborted is refused with who did it', async () => {
    let second: unknown;
    const asked = world.upon({ type: 'abort-requested' }, async () => {
      second = await abort(1, person('U0ANA')).catch((error: unknown) => error);
    });

    await abortedUpon({ type: 'step-started', step: 'eu-west-1/start' });
    await asked;

    expect(second).toBeInstanceOf(UserError);
    expect(String(second)).toContain('already being aborted by <@U0LEO>');
  });

  it('of what is being put back is refused', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    let refused: unknown;
    const asked = world.upon({ type: 'restoring' }, async () => {
      refused = await abort().catch((error: unknown) => error);
    });

    await world.deploy('v1.1.0');
    await asked;

    expect(String(refused)).toContain('#1 is already being put back');
  });

  it('does not stop what it has itself begun', async () => {
    const impatient = world.upon({ type: 'restoring' }, () =>
      world.engine().abort('deploy/1', 'U0ADMIN', 'impatient'),
    );

    const deployment = await abortedUpon({ type: 'step-started', step: 'eu-west-1/smoke' });
    await impatient;

    expect(deployment.phase).toMatchObject({ kind: 'aborted', reason: 'wrong version' });
    expect(desired()).toBe('v1.0.0');
  });

  it('of what does not exist says so', async () => {
    await expect(abort(142)).rejects.toThrow('There is no deployment #142. `/forge history` lists');
  });
});
