import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { giveLive, production, staging, targetIn } from './shop.ts';
import { contradiction, stick } from './stick.ts';

describe('a deployment whose run is stuck', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;
  const count = async (type: string, number = 1) =>
    (await world.eventTypes(number)).filter((one) => one === type).length;

  const stepReached = (step: string) =>
    world.until(async () => (await world.deployment(1)).steps[step] !== undefined, { step: 50 });

  async function stuckWhileStarting(): Promise<void> {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.request('v1.1.0');
    await world.until(async () => (await world.eventTypes(1)).includes('step-progressed'));
    await stick(world, 'deploy/1');
  }

  async function held(): Promise<Deployment> {
    await stuckWhileStarting();
    await world.start();
    return world.untilPhase(1, 'held');
  }

  const goesOn = () => world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });

  it('is held: people read what happened and what each answer does, engineers both names', async () => {
    const before = world.clock.now() + world.policy.timing.questionWithin;
    const { phase } = await held();

    expect(phase).toMatchObject({
      kind: 'held',
      question: 'Forge was updated while it worked on this and cannot go on by itself.',
      resumeMeans:
        'Resume looks at what is there now and goes on with v1.1.0; what is done is not done again.',
      abortMeans: 'Abort puts v1.0.0 back.',
      detail: `Run deploy/1 is stuck. ${contradiction}`,
      otherwise: 'abort',
    });
    expect(phase.kind === 'held' && phase.deadline).toBeGreaterThanOrEqual(before);
    expect(desired()).toBe('v1.1.0');
  });

  it('for another reason says so', async () => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.request('v1.1.0');
    await world.untilPhase(1, 'running');
    await stick(world, 'deploy/1', 'It did more than 2000 operations');
    await world.start();

    expect((await world.untilPhase(1, 'held')).phase).toMatchObject({
      question: 'Forge lost track of its own work on this and cannot go on by itself.',
      detail: 'Run deploy/1 is stuck. It did more than 2000 operations',
    });
  });

  it('goes on when somebody resumes, in a run of its own', async () => {
    await held();
    goesOn();
    await world.resume(1, person('U0LEO'));

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment.run).toBe('deploy/1/2');
    expect(world.platform.changes).toHaveLength(1);
    expect((await world.engine().get('deploy/1/2'))?.status).toBe('done');
    expect((await world.engine().get('deploy/1'))?.status).toBe('stuck');
  });

  it('does not do again what is done when it goes on', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 3 });
    await world.request('v1.1.0');
    await stepReached('eu-west-1/smoke');
    world.platform.break({ method: 'runningImages', kind: 'hang' });
    await stepReached('eu-west-1/verify');
    await stick(world, 'deploy/1');
    world.platform.mend();
    await world.start();
    await world.untilPhase(1, 'held');
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    const begun = (await world.store.events(1)).flatMap(({ event }) =>
      event.type === 'step-started' ? [event.step] : [],
    );
    expect(begun).toEqual(['eu-west-1/start', 'eu-west-1/smoke', 'eu-west-1/verify', 'eu-west-1/verify']);
    expect(world.platform.calls.filter(({ method }) => method === 'start')).toHaveLength(1);
  });

  it('goes on with the regions that are left', async () => {
    world.platform.behave('v1.1.0', { kind: 'stalling' }, 'eu-west-1');
    await world.request('v1.1.0', { environment: production });
    await stepReached('eu-west-1/start');
    await stick(world, 'deploy/1');
    await world.start();
    await world.untilPhase(1, 'held');
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 }, 'eu-west-1');
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.platform.changes).toHaveLength(2);
  });

  it('is left as it is when somebody else changed the service while it was held', async () => {
    await held();
    giveLive(world.platform, 'v1.3.0', staging);
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({
      kind: 'left',
      reason: 'somebody else put v1.3.0 on Checkout in eu-west-1 meanwhile.',
    });
    expect(desired()).toBe('v1.3.0');
  });

  it('is left as it is when somebody took back by hand what was done', async () => {
    await world.request('v1.1.0');
    await stepReached('eu-west-1/smoke');
    await stick(world, 'deploy/1');
    giveLive(world.platform, 'v1.0.0', staging);
    await world.start();
    await world.untilPhase(1, 'held');
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('left');
    expect(world.platform.calls.filter(({ method }) => method === 'start')).toHaveLength(1);
  });

  it('goes on though AWS does not say what is live, and asks about that where it must', async () => {
    await held();
    goesOn();
    world.platform.break({ method: 'live', kind: 'unavailable' });
    await world.resume(1);

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('is put back when somebody aborts', async () => {
    await held();
    await world.abort(1, person('U0LEO'));

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(deployment.abortRequestedBy).toMatchObject({ userId: 'U0LEO' });
    expect(desired()).toBe('v1.0.0');
  });

  it('is aborted when nobody answers in time, after one reminder in the middle', async () => {
    const { phase } = await held();
    const deadline = phase.kind === 'held' ? phase.deadline : Number.NaN;

    const deployment = await world.ended(1);

    const events = await world.store.events(1);
    const given = events.find(({ event }) => event.type === 'abort-requested');
    expect(deployment.phase).toEqual({ kind: 'aborted', reason: 'nobody answered the question in time' });
    expect(given).toMatchObject({ by: { kind: 'job' }, why: 'nobody answered the question in time' });
    expect(given?.at).toBeGreaterThanOrEqual(deadline);
    expect(given?.at).toBeLessThan(deadline + 10_000);
    const reminders = events.filter(({ event }) => event.type === 'reminded');
    expect(reminders).toHaveLength(1);
    expect(deadline - (reminders[0]?.at ?? Number.NaN)).toBeLessThanOrEqual(
      world.policy.timing.questionWithin / 2,
    );
    expect(await count('held')).toBe(1);
    expect(desired()).toBe('v1.0.0');
  });

  it('is aborted after a restart past the deadline, and reminds nobody any more', async () => {
    await held();
    world.crash();
    await world.clock.advance(world.policy.timing.questionWithin);
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(await count('reminded')).toBe(0);
  });

  it('is reminded of and asked about once through restarts, and keeps its deadline', async () => {
    const before = await held();
    for (let life = 0; life < 3; life += 1) {
      await world.clock.advance(25_000);
      world.crash();
      await world.start();
    }
    await world.clock.advance(10_000);

    const deployment = await world.deployment(1);

    expect(deployment.phase).toEqual(before.phase);
    expect(deployment.generation).toBe(before.generation);
    expect([await count('held'), await count('reminded')]).toEqual([1, 1]);
  });

  it('takes one answer of two', async () => {
    await held();
    goesOn();
    const answers = await Promise.allSettled([
      world.resume(1, person('U0LEO')),
      world.resume(1, person('U0ANA')),
      world.resume(1, person('U0LEO')),
    ]);

    const deployment = await world.ended(1);

    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(deployment.phase.kind).toBe('succeeded');
    expect(await count('resumed')).toBe(1);
    expect(await world.engine().get('deploy/1/3')).toBeUndefined();
  });

  it('ends the same whichever of an abort and a resume was first', async () => {
    await held();
    goesOn();
    await Promise.allSettled([world.abort(1), world.resume(1)]);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(desired()).toBe('v1.0.0');
  });

  it('that is resumed while Forge looks after it is not taken for one that nobody works on', async () => {
    await held();
    goesOn();
    const { unfinished } = world.store;
    let isResumed = false;
    world.store.unfinished = async (filter) => {
      const found = await unfinished(filter);
      if (!isResumed) {
        isResumed = true;
        await world.resume(1);
        await world.clock.sleep(0);
      }
      return found;
    };

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(await world.engine().get('put-back/1')).toBeUndefined();
  });

  it('can be aborted after it was resumed', async () => {
    await held();
    await world.resume(1);
    await world.until(async () => (await world.engine().get('deploy/1/2'))?.status === 'active');
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect((await world.engine().get('deploy/1/2'))?.status).toBe('done');
    expect(desired()).toBe('v1.0.0');
  });

  it('is asked about again when the run that goes on gets stuck too', async () => {
    const first = await held();
    await world.resume(1);
    await world.until(async () => (await count('step-started')) === 2);
    await stick(world, 'deploy/1/2');
    await world.start();
    const second = await world.untilPhase(1, 'held');
    goesOn();
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(second.generation).toBeGreaterThan(first.generation);
    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment.run).toBe('deploy/1/3');
  });

  it('while another question was open is asked about anew', async () => {
    await world.request('v1.1.0');
    world.platform.break({ method: 'health', kind: 'unavailable' });
    const silent = await world.untilPhase(1, 'held');
    await stick(world, 'deploy/1');
    await world.start();
    const anew = await world.until(async () => {
      const state = await world.deployment(1);
      return state.generation > silent.generation && state;
    });
    world.platform.mend();
    await world.resume(1);

    expect(anew.phase).toMatchObject({ question: expect.stringContaining('Forge was updated') });
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('before it was started is refused: nothing was changed', async () => {
    await world.request('v1.1.0');
    world.platform.break({ method: 'live', kind: 'hang' });
    await world.untilPhase(1, 'checking');
    await stick(world, 'prepare/1');
    world.platform.mend();
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('refused');
    expect(world.platform.changes).toEqual([]);
  });

  it('ends right when the process dies at any call while it is held and resumed', async () => {
    let deaths = 0;
    for (let call = 1, hasDied = true; hasDied; call += 1) {
      const mortalWorld = createForgeWorld();
      hasDied = await survives(mortalWorld, call);
      await mortalWorld.close();
      if (hasDied) deaths = call;
    }

    expect(deaths).toBeGreaterThan(15);
  }, 120_000);
});

/** A stuck deployment is held, resumed and ends in processes of which the first dies at its nth call. False: it did not. */
async function survives(world: ForgeWorld, call: number): Promise<boolean> {
  await world.start();
  world.platform.behave('v1.1.0', { kind: 'stalling' });
  await world.request('v1.1.0');
  await world.until(async () => (await world.eventTypes(1)).includes('step-progressed'));
  await stick(world, 'deploy/1');
  world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
  const resumed = world.upon({ type: 'held' }, () => world.resume(1));
  const life = await world.start({ call, side: 'after' });
  await world.until(async () => life.isOver || (await world.isPublished(1)));
  const hasDied = life.isOver;
  if (hasDied) {
    world.crash();
    await world.start();
  }
  const deployment = await world.ended(1);
  await resumed;
  await world.published(1);
  const types = await world.eventTypes(1);
  expect(deployment.phase.kind, `after call ${call}`).toBe('succeeded');
  expect(types.filter((type) => type === 'held' || type === 'resumed')).toEqual(['held', 'resumed']);
  expect(world.platform.changes).toHaveLength(1);
  expect(world.chat.messages()).toHaveLength(1);
  return hasDied;
}
