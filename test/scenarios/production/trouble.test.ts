import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProductionWorld, type ProductionWorld } from './production-world.ts';
import { Story } from './story.ts';

describe('a deployment of which somebody else takes care, too', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;
  let ecs: ECSClient;

  beforeAll(async () => {
    world = await createProductionWorld({ evidence: 'smoke', standby: '1s' });
    story = new Story(world);
    ecs = new ECSClient({ region: 'us-east-1' });
  });
  afterEach(() => story.endsAll());
  afterAll(async () => {
    ecs.destroy();
    await world.stop();
  });

  const weigh = (blue: number, green: number) =>
    world.aws.weigh({ service: 'api', environment: 'production', blue, green });

  async function scale(colour: 'blue' | 'green', desiredCount: number): Promise<void> {
    const service = `api-${colour}`;
    await ecs.send(new UpdateServiceCommand({ cluster: 'forge-production', service, desiredCount }));
  }

  it('is held when somebody moves the weights, and puts its own back when a person says so', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);

    weigh(70, 30);
    const question = await story.question(number);
    await story.types('lena', `resume #${number}`);
    await story.until(
      'the weights are its own again',
      () => story.weights()[0] === 'api-blue 50, api-green 50',
    );

    expect(question).toMatch(/30 %/u);
    expect(question).toMatch(/50 %/u);
  });

  it('does not overwrite weights of somebody else unasked', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);

    weigh(70, 30);
    await story.question(number);

    expect(story.weights()).toEqual(['api-blue 70, api-green 30']);
    await story.types('maya', `abort #${number}`);
    await story.untilPhase(number, 'aborted');
    expect(story.weights()).toEqual(['api-blue 100, api-green 0']);
  });

  it('halts when the colour that was live dies, instead of sending traffic back to it', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);

    await scale('blue', 0);
    const question = await story.question(number);
    const shifts = await story.shifts(number);
    await scale('blue', 2);
    await story.untilStep(number, 'us-east-1/bake-100');

    expect(question).toMatch(/No task of the release that was live is healthy/u);
    expect(shifts).toEqual([50]);
  });

  it('has traffic on the larger colour and calls people while the one before is down, and returns when it is up', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);
    await story.types('maya', `pause #${number}`);
    await story.untilHappened(number, 'paused');

    await scale('blue', 0);
    await story.question(number);
    await story.types('maya', `abort #${number}`);
    const blocked = await story.untilHappened(number, 'restore-blocked');
    const meanwhile = story.weights();
    await story.untilPhase(number, 'aborted');

    expect(blocked.reason).toMatch(/the larger one takes all traffic/u);
    expect(meanwhile).not.toContain('api-blue 100, api-green 0');
    expect(story.weights()).toEqual(['api-blue 100, api-green 0']);
  });
});

describe('a service that keeps people by cookies', { timeout: 240_000 }, () => {
  it('is refused: people would stay with a bad release', async () => {
    const world = await createProductionWorld({
      customers: 0,
      seed: (seed) => ({
        ...seed,
        loadBalancers: seed.loadBalancers.map((loadBalancer) => ({
          ...loadBalancer,
          targetGroups: loadBalancer.targetGroups.map((group) => ({ ...group, stickySeconds: 60 })),
          rules: loadBalancer.rules.map((rule) => ({ ...rule, stickySeconds: 60 })),
        })),
      }),
    });
    const story = new Story(world);
    try {
      await story.types('maya', 'deploy api production v1.1.0');

      const answer = await story.until('Maya was told', () =>
        story.screen.privateAnswers('maya').find(({ words }) => /stick/u.test(words)),
      );

      expect(answer.words).toMatch(/Turn (?:its )?stickiness off/u);
      expect(story.weights()).toEqual(['api-blue 100, api-green 0']);
    } finally {
      await world.stop();
    }
  });
});
