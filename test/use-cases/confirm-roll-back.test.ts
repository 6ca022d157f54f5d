import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/domain/caller.ts';
import { UserError } from '../../src/domain/errors.ts';
import { rollBack } from '../../src/use-cases/roll-back.ts';
import { createForgeWorld, type ForgeWorld, person } from '../jobs/forge-world.ts';
import { staging, targetIn } from '../jobs/shop.ts';

describe('a rollback that somebody confirms', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  /** What the button of deployment `undoes` carried when it was drawn. */
  async function seenOf(
    undoes: number,
  ): Promise<{ undoes: number; seen: { generation: number; digest: string } }> {
    const { generation, plan } = await world.deployment(undoes);
    return { undoes, seen: { generation, digest: plan.digest } };
  }

  it('clicked on what has changed since does nothing and says what is true now', async () => {
    await world.deploy('v1.1.0');
    const stale = await seenOf(1);
    await world.deploy('v1.2.0');

    const late = rollBack(stale, person(), world.adapters);

    await expect(late).rejects.toThrow(UserError);
    await expect(late).rejects.toThrow(
      '#1 is not live, so there is nothing of it to roll back: it was replaced by #2.',
    );
    expect(desired()).toBe('v1.2.0');
  });

  it('clicked on a plan that is another does nothing', async () => {
    await world.deploy('v1.1.0');
    const { undoes, seen } = await seenOf(1);

    const late = rollBack({ undoes, seen: { ...seen, digest: 'another' } }, person(), world.adapters);

    await expect(late).rejects.toThrow(
      'Nothing was done: #1 is not what it was when you were asked; its plan has changed',
    );
    expect(desired()).toBe('v1.1.0');
  });

  it('clicked on an older generation does nothing', async () => {
    await world.deploy('v1.1.0');
    const { undoes, seen } = await seenOf(1);
    const earlier = { ...seen, generation: seen.generation - 1 };

    await expect(rollBack({ undoes, seen: earlier }, person(), world.adapters)).rejects.toThrow(
      'Nothing was done',
    );
    expect(await world.store.nextNumber()).toBe(2);
  });

  it('confirmed by somebody else meanwhile is answered with the first one’s', async () => {
    await world.deploy('v1.1.0');
    const click = await seenOf(1);
    await rollBack(click, person('U0MAYA'), world.adapters);

    const second = await rollBack(click, person('U0LEO'), world.adapters);

    expect(second).toMatchObject({
      kind: 'under-way',
      undoes: 1,
      by: { number: 2, requestedBy: { userId: 'U0MAYA' } },
    });
    expect(await world.store.nextNumber()).toBe(3);
  });

  it('confirmed again after it was done is answered with the one that did it', async () => {
    await world.deploy('v1.1.0');
    const click = await seenOf(1);
    await world.undone(1);

    const second = await rollBack(click, person('U0LEO'), world.adapters);

    expect(second).toMatchObject({ kind: 'under-way', by: { number: 2, phase: { kind: 'succeeded' } } });
  });

  it('confirmed by two people at the same moment is done once', async () => {
    await world.deploy('v1.1.0');
    const click = await seenOf(1);

    const outcomes = await Promise.all([
      rollBack(click, person('U0MAYA'), world.adapters),
      rollBack(click, person('U0LEO'), world.adapters),
    ]);

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['requested', 'under-way']);
    expect(await world.store.nextNumber()).toBe(3);
  });

  it('by an arrival that was dealt with before is done once', async () => {
    await world.deploy('v1.1.0');
    const click = await seenOf(1);
    const caller: Caller = person();
    await rollBack(click, caller, world.adapters);

    expect(await rollBack(click, caller, world.adapters)).toEqual({ kind: 'repeated' });
    expect(await world.store.nextNumber()).toBe(3);
  });

  it('while another deployment is under way is refused with how to stop that one', async () => {
    await world.deploy('v1.1.0');
    const click = await seenOf(1);
    await world.request('v1.2.0');

    await expect(rollBack(click, person(), world.adapters)).rejects.toThrow(
      '#2 is under way on Checkout in staging. To stop it and put back what it replaces, use `/forge abort #2`.',
    );
  });

  it('asked for at the same moment as a deployment leaves one of them', async () => {
    await world.deploy('v1.1.0');

    const outcomes = await Promise.allSettled([world.undo(1), world.request('v1.2.0')]);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.store.nextNumber()).toBe(3);
  });
});
