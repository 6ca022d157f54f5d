import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { UserError } from '../../src/domain/errors.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { staging, targetIn } from './shop.ts';

describe('a deployment that waits for an answer', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;
  const resume = (by = person('U0LEO')) => world.resume(1, by);

  async function held(): Promise<Deployment> {
    await world.request('v1.1.0');
    world.platform.break({ method: 'health', kind: 'unavailable' });
    return world.untilPhase(1, 'held');
  }

  it('is put back when somebody aborts instead', async () => {
    await held();
    world.platform.mend();
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(desired()).toBe('v1.0.0');
  });

  it('is put back when nobody answers in time, and says so', async () => {
    const { phase } = await held();
    const mended = world.upon({ type: 'abort-requested' }, () => world.platform.mend());

    const deployment = await world.ended(1);
    await mended;

    expect(deployment.phase).toMatchObject({
      kind: 'aborted',
      reason: expect.stringContaining('nobody answered the question in time'),
    });
    expect(desired()).toBe('v1.0.0');
    const events = await world.store.events(1);
    const given = events.find(({ event }) => event.type === 'abort-requested');
    expect(given).toMatchObject({ by: { kind: 'job' }, why: 'nobody answered the question in time' });
    expect(given?.at).toBeGreaterThanOrEqual(phase.kind === 'held' ? phase.deadline : Number.NaN);
  });

  it.each([-1, 0, 1])(
    'either goes on or refuses the answer, when somebody resumes %i ms from the deadline',
    async (late) => {
      const { phase } = await held();
      const deadline = phase.kind === 'held' ? phase.deadline : Number.NaN;
      await world.clock.advance(deadline + late - world.clock.now() - 1);
      const answered = world.clock.sleep(1).then(() => resume());
      const counts = answered.then(
        () => true,
        () => false,
      );
      await world.clock.advance(1);
      world.platform.mend();

      const deployment = await world.ended(1);

      expect(deployment.phase.kind).toBe((await counts) ? 'succeeded' : 'aborted');
    },
  );

  it.each(['before', 'after'] as const)(
    'goes on when the answer comes after the time was up and right %s Forge looks for it',
    async (side) => {
      const { phase } = await held();
      const deadline = phase.kind === 'held' ? phase.deadline : Number.NaN;
      const read = world.store.deployment;
      let isAnswered = false;
      world.store.deployment = async (number) => {
        const isNow = !isAnswered && world.clock.now() >= deadline;
        isAnswered ||= isNow;
        if (isNow) world.platform.mend();
        if (isNow && side === 'before') await resume();
        const state = await read(number);
        if (isNow && side === 'after') await resume();
        return state;
      };

      const deployment = await world.ended(1);

      expect(isAnswered).toBe(true);
      expect(deployment.phase.kind).toBe('succeeded');
    },
  );

  it('is not answered by a ring without an answer', async () => {
    await held();
    await world.engine().signal('deploy/1', 'steer', { id: 'stray', by: 'nobody' });
    await world.clock.advance(10_000);

    expect((await world.deployment(1)).phase.kind).toBe('held');
  });

  it('goes on by itself as soon as AWS answers again', async () => {
    await held();
    world.platform.mend();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    const events = await world.store.events(1);
    expect(events.find(({ event }) => event.type === 'resumed')?.by).toMatchObject({ kind: 'job' });
    expect(deployment.abortRequestedBy).toBeUndefined();
  });

  it('reminds people once, when half of the time is over', async () => {
    const { phase } = await held();
    const deadline = phase.kind === 'held' ? phase.deadline : Number.NaN;
    await world.until(async () => (await world.eventTypes(1)).includes('abort-requested'));

    const reminders = (await world.store.events(1)).filter(({ event }) => event.type === 'reminded');

    expect(reminders).toHaveLength(1);
    const early = deadline - (reminders[0]?.at ?? Number.NaN);
    expect(early).toBeGreaterThan(world.policy.timing.questionWithin / 3);
    expect(early).toBeLessThanOrEqual(world.policy.timing.questionWithin / 2);
  });

  it('takes no answer while nothing is asked', async () => {
    await world.request('v1.1.0');

    const answered = resume();

    await expect(answered).rejects.toThrow(UserError);
    await expect(answered).rejects.toThrow('#1 is not waiting for an answer');
  });

  it('takes one answer', async () => {
    await held();
    world.platform.mend();
    await resume();

    await expect(resume(person('U0ANA'))).rejects.toThrow(UserError);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });
});
