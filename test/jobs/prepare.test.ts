import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { europe, giveLive, production, releaseOf, staging } from './shop.ts';

describe('the checks before the start', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  /** Asks, lets this happen before the checks begin, and waits for the end. */
  async function deployedAfter(happening: () => unknown) {
    const happened = world.upon({ type: 'requested' }, happening);
    const deployment = await world.deploy('v1.1.0', { environment: production });
    await happened;
    return deployment;
  }

  it('are told one by one', async () => {
    const deployment = await world.deploy('v1.1.0', { environment: production });

    expect(deployment.checks).toEqual([
      {
        name: 'What is live',
        detail: 'v1.0.0 is still live in us-east-1 and eu-west-1, as when this was asked',
      },
      { name: 'Image', detail: 'v1.1.0 is in the registry of us-east-1 and eu-west-1, pinned by digest' },
    ]);
  });

  it('refuse when something else has gone live meanwhile, and name both', async () => {
    const deployment = await deployedAfter(() => giveLive(world.platform, 'v1.2.0', production, europe));

    expect(deployment.phase).toEqual({
      kind: 'refused',
      reason:
        'checkout in production changed while this was being prepared: eu-west-1 ran v1.0.0 and now runs v1.2.0. Nothing was changed. Look with `/forge status` and deploy again if you still want to.',
    });
    expect(world.platform.changes).toEqual([]);
  });

  it('refuse when the image has vanished', async () => {
    const empty = new FakeSourceControl();

    const deployment = await deployedAfter(() => {
      world.sourceControl.resolve = (...asked) => empty.resolve(...asked);
    });

    expect(deployment.phase).toEqual({
      kind: 'refused',
      reason:
        'the image of v1.1.0 is not in the registry any more. Nothing was changed. Build it again, or deploy another release.',
    });
    expect(world.platform.changes).toEqual([]);
  });

  it('refuse when somebody pushed another image under the same name', async () => {
    const release = releaseOf('v1.1.0');
    const digests = { ...release.digests, [europe]: `sha256:${'f'.repeat(64)}` };
    const moved = new FakeSourceControl([{ release: { ...release, digests }, branch: 'main' }]);

    const deployment = await deployedAfter(() => {
      world.sourceControl.resolve = (...asked) => moved.resolve(...asked);
    });

    expect(deployment.phase).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(
        'the image of v1.1.0 in eu-west-1 is not the one this was planned with',
      ),
    });
  });

  it.each(['unavailable', 'hang'] as const)(
    'refuse when AWS stays %s, since unknown is not passed',
    async (kind) => {
      const deployment = await deployedAfter(() => world.platform.break({ method: 'live', kind }));

      expect(deployment.phase).toMatchObject({
        kind: 'refused',
        reason: expect.stringMatching(
          /^AWS does not answer, so Forge cannot tell what is live: .* Nothing was changed; try again later\.$/u,
        ),
      });
    },
  );

  it('refuse when the registry stays silent', async () => {
    const deployment = await deployedAfter(() => world.sourceControl.silence(true));

    expect(deployment.phase.kind).toBe('refused');
    expect(world.platform.changes).toEqual([]);
  });

  it('wait for AWS while it is silent for a moment', async () => {
    const deployment = await deployedAfter(() =>
      world.platform.break({ method: 'live', kind: 'unavailable', times: 3 }),
    );

    expect(deployment.phase.kind).toBe('succeeded');
  });

  it('refuse when AWS refuses, with what AWS says', async () => {
    const deployment = await deployedAfter(() => world.platform.break({ method: 'live', kind: 'refused' }));

    expect(deployment.phase).toEqual({
      kind: 'refused',
      reason: 'The platform refuses live. Nothing was changed.',
    });
  });

  it('refuse when Forge itself fails, and say so', async () => {
    const deployment = await deployedAfter(() => world.platform.break({ method: 'live', kind: 'fault' }));

    expect(deployment.phase).toEqual({
      kind: 'refused',
      reason: 'Forge itself had a problem: live is not a function. Nothing was changed; try again.',
    });
  });

  it('do not hold up a rollback over an image', async () => {
    await world.deploy('v1.1.0');
    world.sourceControl.silence(true);

    const rollback = await world.undone(1);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(rollback.checks.map(({ name }) => name)).toEqual(['What is live']);
  });

  it('refuse a rollback when something else has gone live meanwhile, and what it undoes stays', async () => {
    await world.deploy('v1.1.0');
    const outcome = await world.undo(1);
    giveLive(world.platform, 'v1.2.0', staging);

    const rollback = await world.ended(outcome.kind === 'requested' ? outcome.deployment : Number.NaN);

    expect(rollback.phase.kind).toBe('refused');
    expect(await world.deployment(1)).not.toHaveProperty('undoingBy');
    expect(await world.deployment(1)).not.toHaveProperty('undoneBy');
  });

  it('let one of two start where both were asked for, and tell the other which one did', async () => {
    const { store, clock } = world;
    const first = await world.request('v1.1.0');
    const { plan, service, environment, channel } = await world.deployment(first);
    // As an older version of Forge, or another process, may have left it.
    await store.commit([
      {
        kind: 'append',
        deployment: 2,
        expect: 0,
        events: [{ type: 'requested', service, environment, plan, channel }],
        by: person().actor,
        cause: 'a second one',
      },
      { kind: 'start-run', id: 'prepare/2', job: 'prepare', input: { deployment: 2 } },
    ]);
    await clock.advance(1_000);

    const ends = [await world.ended(1), await world.ended(2)];

    const kinds = ends.map(({ phase }) => phase.kind);
    expect(kinds.toSorted()).toEqual(['refused', 'succeeded']);
    const refused = ends.find(({ phase }) => phase.kind === 'refused');
    expect(refused?.phase).toMatchObject({
      reason: `deployment #${refused?.number === 1 ? 2 : 1} of checkout in staging began first. Nothing was changed. When it is done, ask again if you still want to.`,
    });
    expect(world.platform.changes).toHaveLength(1);
  });
});
