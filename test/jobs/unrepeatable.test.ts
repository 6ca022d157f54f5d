import { describe, expect, it, onTestFinished } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { UserError } from '../../src/domain/errors.ts';
import { addOneOff } from '../scenarios/one-off.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';

type OneOffWorld = { world: ForgeWorld; effects: number };

/** A world whose deployments have one effect that must not be repeated; its first process never learns of it. */
function oneOffWorld(otherwise: 'abort' | 'failed' = 'abort'): OneOffWorld {
  const made = { effects: 0 };
  const define = addOneOff(async () => {
    made.effects += 1;
    if (made.effects === 1) await new Promise(() => undefined);
  }, otherwise);
  return Object.assign(made, { world: createForgeWorld({ define }) });
}

async function lost(made: OneOffWorld): Promise<ForgeWorld> {
  const { world } = made;
  onTestFinished(() => world.close());
  await world.start();
  await world.request('v1.1.0');
  await world.until(() => made.effects === 1);
  world.crash();
  await world.start();
  return world;
}

async function held(made: OneOffWorld): Promise<{ world: ForgeWorld; deployment: Deployment }> {
  const world = await lost(made);
  return { world, deployment: await world.untilPhase(1, 'held') };
}

const countOf = async (world: ForgeWorld, type: string) =>
  (await world.eventTypes(1)).filter((one) => one === type).length;

describe('an effect that must not be repeated and whose outcome a crash hid', () => {
  it('holds the deployment with a question that says what each of three answers does', async () => {
    const made = oneOffWorld();
    const { deployment } = await held(made);

    expect(deployment.phase).toMatchObject({
      kind: 'held',
      resumeMeans: 'Do it again runs the migration once more.',
      doneMeans: 'It happened goes on without it.',
      abortMeans: 'Abort leaves v1.0.0 live.',
      detail: 'Forge ended during operation "migrate" of run deploy/1, before it could note the outcome.',
      otherwise: 'abort',
      via: { kind: 'signal', run: 'deploy/1', name: 'answer:0:1' },
    });
    expect(made.effects).toBe(1);
  });

  it('is not had again when a person says that it happened', async () => {
    const made = oneOffWorld();
    const { world } = await held(made);
    await world.happened(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(made.effects).toBe(1);
  });

  it('is had once more when a person says so', async () => {
    const made = oneOffWorld();
    const { world } = await held(made);
    await world.resume(1);

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(made.effects).toBe(2);
  });

  it('is not had again after an abort', async () => {
    const made = oneOffWorld();
    const { world } = await held(made);
    await world.abort(1, person('U0LEO'));

    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(made.effects).toBe(1);
  });

  it('ends aborted when nobody answers, reminded once, though the process changes meanwhile', async () => {
    const made = oneOffWorld();
    const { world, deployment: before } = await held(made);
    for (let life = 0; life < 3; life += 1) {
      await world.clock.advance(25_000);
      world.crash();
      await world.start();
    }
    await world.clock.advance(5_000);
    const meanwhile = await world.deployment(1);

    const deployment = await world.ended(1);

    expect(meanwhile.phase).toEqual(before.phase);
    expect(meanwhile.generation).toBe(before.generation);
    expect([await countOf(world, 'held'), await countOf(world, 'reminded')]).toEqual([1, 1]);
    expect(deployment.phase).toMatchObject({
      kind: 'aborted',
      reason: expect.stringContaining('nobody answered the question in time'),
    });
    expect(deployment.abortRequestedBy).toMatchObject({ kind: 'job' });
    expect(made.effects).toBe(1);
  });

  it('counts as failed when nobody answers and that is the safe answer', async () => {
    const made = oneOffWorld('failed');
    const { world } = await held(made);

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({
      kind: 'rolled-back',
      reason: expect.stringContaining('nobody said in time whether it happened'),
    });
    expect(await countOf(world, 'unanswered')).toBe(1);
    expect(made.effects).toBe(1);
  });

  it('takes one answer, and says to a later one what became of it', async () => {
    const made = oneOffWorld();
    const { world } = await held(made);
    const answers = await Promise.allSettled([world.happened(1), world.resume(1), world.happened(1)]);
    await world.ended(1);

    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(made.effects).toBe(1);
    await expect(world.resume(1)).rejects.toThrow('#1 cannot be resumed: it has succeeded');
  });

  it('takes no answer after the deadline, even while Forge does not run', async () => {
    const made = oneOffWorld();
    const { world } = await held(made);
    world.crash();
    await world.clock.advance(world.policy.timing.questionWithin);

    await expect(world.resume(1)).rejects.toThrow(UserError);
    await expect(world.happened(1)).rejects.toThrow('the time to answer #1 is over, and Forge aborts it');
    await world.start();
    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('takes an answer that was given while Forge did not run', async () => {
    const made = oneOffWorld();
    const { world } = await held(made);
    world.crash();
    await world.happened(1);
    await world.clock.advance(world.policy.timing.questionWithin);
    await world.start();

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(made.effects).toBe(1);
  });

  it.each(['happened', 'resume'] as const)(
    'ends right when processes die at any call until people have said “%s”',
    async (answer) => {
      let deaths = 0;
      for (let call = 1, hasDied = true; hasDied; call += 1) {
        const made = oneOffWorld();
        hasDied = await survives(made, answer, call);
        await made.world.close();
        if (hasDied) deaths = call;
      }

      expect(deaths).toBeGreaterThan(5);
    },
    120_000,
  );
});

/** People answer in a process that dies at its nth call. False: it did not. */
async function survives(made: OneOffWorld, answer: 'happened' | 'resume', call: number): Promise<boolean> {
  const { world } = made;
  await world.start();
  await world.request('v1.1.0');
  await world.until(() => made.effects === 1);
  world.crash();
  const answered = world.upon({ type: 'held' }, () => world[answer](1));
  const life = await world.start({ call, side: 'after' });
  await world.until(async () => life.isOver || (await world.isPublished(1)));
  const hasDied = life.isOver;
  if (hasDied) {
    world.crash();
    await world.start();
  }
  // Where it died with the second attempt, people are asked about that in turn, and look before they say.
  const second = await world.until(async () => {
    const { phase } = await world.deployment(1);
    return phase.kind === 'succeeded' || (phase.kind === 'held' && phase);
  });
  if (second !== true)
    await (made.effects === 2 || answer === 'happened' ? world.happened(1) : world.resume(1));
  await answered;

  expect((await world.ended(1)).phase.kind, `after call ${call}`).toBe('succeeded');
  expect(made.effects, `after call ${call}`).toBe(answer === 'happened' ? 1 : 2);
  return hasDied;
}
