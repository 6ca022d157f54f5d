import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { giveLive, staging, targetIn } from './shop.ts';
import { contradiction, endRun, stick } from './stick.ts';

let world: ForgeWorld;

beforeEach(async () => {
  world = createForgeWorld();
  await world.start();
});
afterEach(() => world.close());

const desired = () => world.platform.desired(targetIn(staging)).version;
const statusOf = async (run: string) => (await world.engine().get(run))?.status;
const has = async (run: string) => (await world.engine().get(run)) !== undefined;

async function told(number: number): Promise<string[]> {
  return (await world.store.events(number)).flatMap(({ event }) =>
    event.type === 'blocked' && event.step === undefined ? [event.reason] : [],
  );
}

describe('putting back whose run is stuck', () => {
  async function puttingBack(): Promise<void> {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'hang' }),
    );
    await world.request('v1.1.0');
    await world.untilPhase(1, 'rolling-back');
    await broken;
  }

  /** Its run and the one of its region, as one version of Forge leaves both. */
  async function stickPutBack(run: string): Promise<void> {
    await world.until(async () => {
      const alive = await world.engine().list({ statuses: ['active'] });
      return alive.some(({ id, job }) => job === 'restore-region' && id.startsWith(`${run}/`));
    });
    const alive = await world.engine().list({ statuses: ['active'] });
    for (const { id } of alive) await stick(world, id);
    await world.start();
  }

  it('goes on at once in a run of its own, and nobody is asked', async () => {
    await puttingBack();
    await stickPutBack('deploy/1');
    world.platform.mend();

    const deployment = await world.ended(1);

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'exited with 1' });
    expect(await statusOf('put-back/1')).toBe('done');
    expect(await world.eventTypes(1)).not.toContain('held');
    expect(await told(1)).toEqual([]);
    expect(desired()).toBe('v1.0.0');
  });

  it('is told from the first time on, with both names for engineers', async () => {
    await puttingBack();
    await stickPutBack('deploy/1');
    await world.until(() => has('put-back/1'));

    const continued = (await world.store.events(1)).find(({ event }) => event.type === 'continued');

    expect(continued?.event).toEqual({
      type: 'continued',
      run: 'put-back/1',
      reason: 'Forge was updated while it worked on this.',
      detail: `Run deploy/1 is stuck. ${contradiction}`,
    });
  });

  it('again and again is told, can be taken over, and still goes on', async () => {
    await puttingBack();
    for (const run of ['deploy/1', 'put-back/1', 'put-back/1/2']) await stickPutBack(run);
    await world.until(() => has('put-back/1/3'));
    const blocked = await world.deployment(1);
    world.platform.mend();

    const deployment = await world.ended(1);

    expect(isBlocked(blocked)).toBe(true);
    expect(await told(1)).toEqual([
      `Forge lost its own work on this 2 times (put-back/1: ${contradiction}).`,
    ]);
    expect(deployment.phase.kind).toBe('rolled-back');
    expect(desired()).toBe('v1.0.0');
  });

  it('again and again leaves the service alone once somebody took over', async () => {
    await puttingBack();
    for (const run of ['deploy/1', 'put-back/1']) await stickPutBack(run);
    await world.until(async () => isBlocked(await world.deployment(1)));
    await takeOver({ deployment: 1 }, person('U0SAM'), world.store);
    world.platform.mend();
    const before = world.platform.calls.filter(({ method }) => method === 'restore').length;
    await world.clock.advance(10 * 60_000);

    expect((await world.deployment(1)).phase.kind).toBe('left');
    expect(world.platform.calls.filter(({ method }) => method === 'restore')).toHaveLength(before);
    expect(await world.engine().list({ statuses: ['queued', 'active'] })).toEqual([]);
  });
});

describe('a rollback whose run is lost', () => {
  async function rollingBack(): Promise<void> {
    await world.deploy('v1.1.0');
    world.platform.behave('v1.0.0', { kind: 'stalling' });
    await world.undo(1);
    await world.until(async () => (await world.eventTypes(2)).includes('step-progressed'));
  }

  const goesOn = () => world.platform.behave('v1.0.0', { kind: 'healthy', looks: 1 });

  async function stuck(run: string): Promise<void> {
    await world.until(async () => (await statusOf(run)) === 'active');
    await world.until(async () => {
      const events = await world.store.events(2);
      return events.at(-1)?.event.type === 'step-progressed';
    });
    await stick(world, run);
    await world.start();
  }

  it('goes on by itself in a run of its own: the newer release does not come back', async () => {
    await rollingBack();
    await stuck('deploy/2');
    goesOn();

    const rollback = await world.ended(2);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(rollback.run).toBe('deploy/2/2');
    expect(await world.eventTypes(2)).not.toContain('held');
    expect(await world.eventTypes(2)).not.toContain('restoring');
    expect((await world.deployment(1)).undoneBy).toBe(2);
    expect(desired()).toBe('v1.0.0');
    const continued = (await world.store.events(2)).find(({ event }) => event.type === 'continued');
    expect(continued?.event).toMatchObject({
      run: 'deploy/2/2',
      reason: 'Forge was updated while it worked on this.',
      detail: `Run deploy/2 is stuck. ${contradiction}`,
    });
  });

  it('because the run failed goes on too', async () => {
    await rollingBack();
    await endRun(world, 'deploy/2', { status: 'failed', errorName: 'Error', error: 'a fault' });
    goesOn();
    await world.start();

    expect((await world.ended(2)).phase.kind).toBe('succeeded');
    expect(await statusOf('deploy/2/2')).toBe('done');
  });

  it('and that was stuck before it touched anything goes on as well', async () => {
    await world.deploy('v1.1.0');
    await world.engine().run('occupy', null, { id: 'occupier', key: 'checkout/staging' });
    await world.undo(1);
    await world.until(async () => (await statusOf('deploy/2')) === 'queued');
    await world.engine().signal('occupier', 'go', { id: 'go', by: 'test' });
    world.platform.break({ method: 'restore', kind: 'hang' });
    await world.until(async () => (await statusOf('deploy/2')) === 'active', { step: 1 });
    await stick(world, 'deploy/2');
    world.platform.mend();
    await world.start();

    expect((await world.ended(2)).phase.kind).toBe('succeeded');
    expect(desired()).toBe('v1.0.0');
  });

  it('again and again is told and can be taken over', async () => {
    await rollingBack();
    for (const run of ['deploy/2', 'deploy/2/2', 'deploy/2/3']) await stuck(run);
    await world.until(() => has('deploy/2/4'));
    const blocked = await world.deployment(2);
    goesOn();

    const rollback = await world.ended(2);

    expect(isBlocked(blocked)).toBe(true);
    expect(await told(2)).toHaveLength(1);
    expect(rollback.phase.kind).toBe('succeeded');
  });

  it('obeys an abort: the run that goes on is the one that is stopped', async () => {
    await rollingBack();
    await stuck('deploy/2');
    await world.until(async () => (await statusOf('deploy/2/2')) === 'active');
    await world.abort(2);

    const rollback = await world.ended(2);

    expect(rollback.phase.kind).toBe('aborted');
    expect(desired()).toBe('v1.1.0');
  });

  it('obeys an abort while its next run waits to begin', async () => {
    await rollingBack();
    for (const run of ['deploy/2', 'deploy/2/2']) await stuck(run);
    await world.until(async () => (await statusOf('deploy/2/3')) === 'queued', { step: 10 });
    await world.abort(2);

    const rollback = await world.ended(2);

    expect(rollback.phase.kind).toBe('aborted');
    expect(await statusOf('deploy/2/3')).toBe('aborted');
    expect(desired()).toBe('v1.1.0');
  });

  it('leaves alone what somebody else put there meanwhile', async () => {
    await rollingBack();
    await stick(world, 'deploy/2');
    giveLive(world.platform, 'v1.3.0', staging);
    await world.start();

    expect((await world.ended(2)).phase.kind).toBe('left');
    expect(desired()).toBe('v1.3.0');
  });
});

describe('a deployment whose service was changed by somebody else', () => {
  it('is left as it is, and what they put there stays', async () => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.request('v1.1.0');
    await world.until(async () => (await world.eventTypes(1)).includes('step-progressed'));
    giveLive(world.platform, 'v1.3.0', staging);

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'left', by: { kind: 'job' } });
    expect(deployment.steps['eu-west-1/start']?.kind).toBe('failed');
    expect(world.platform.calls.map(({ method }) => method)).not.toContain('restore');
    expect(desired()).toBe('v1.3.0');
  });
});

describe('the end of a deployment', () => {
  it('waits for the database to be readable again, and then is the right one', async () => {
    const { succeeded } = world.store;
    let failures = 0;
    world.store.succeeded = async (place) => {
      const isEnding = (await world.store.deployment(1))?.steps['eu-west-1/verify']?.kind === 'finished';
      // Publishing reads it too, but only the last few.
      if (isEnding && place.limit > 10 && failures < 5) {
        failures += 1;
        throw new Error('the database is not there');
      }
      return succeeded(place);
    };

    const deployment = await world.deploy('v1.1.0');

    expect(failures).toBe(5);
    expect(deployment.phase.kind).toBe('succeeded');
    expect(desired()).toBe('v1.1.0');
    expect((await world.engine().get('deploy/1'))?.status).toBe('done');
  });
});
