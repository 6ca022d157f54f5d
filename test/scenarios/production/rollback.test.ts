import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { createProductionWorld, type ProductionWorld } from './production-world.ts';
import { Story } from './story.ts';

const BLUE = ['api-blue 100, api-green 0'];

describe('a rollback of what is live', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;
  let ecs: ECSClient;

  beforeAll(async () => {
    world = await createProductionWorld({
      strategy: '{ blue-green: [100% for 1s] }',
      evidence: 'smoke',
      timing: { 'question within': '10m', silence: '6s' },
    });
    story = new Story(world);
    ecs = new ECSClient({ region: 'us-east-1' });
  });
  afterEach(async () => {
    world.faults.set([]);
    await story.endsAll();
  });
  afterAll(async () => {
    ecs.destroy();
    await world.stop();
  });

  /** v1.1.0 on green, with v1.0.0 warm on blue. */
  async function released(): Promise<number> {
    const number = await story.deploys('v1.1.0');
    await story.untilPhase(number, 'succeeded');
    return number;
  }

  /** Types it, and agrees to what the form says; gives that, and the number of the rollback. */
  async function rolledBack(values: Record<string, string> = {}): Promise<{ form: string; number: number }> {
    const number = await world.forge().store.nextNumber();
    await story.types('maya', 'rollback api production');
    const form = await story.agrees('maya', values);
    await story.until(`#${number} was asked for`, () => world.forge().store.deployment(number));
    return { form, number };
  }

  it('is instant while the one before is warm, and says how long it took', async () => {
    await released();

    const { form, number } = await rolledBack();
    const moved = await story.untilHappened(number, 'traffic-confirmed');

    expect(form).toMatch(/It is instant/u);
    expect(moved).toMatchObject({ split: { blue: 100, green: 0 }, took: expect.any(Number) });
    const { steps } = await story.untilPhase(number, 'succeeded');
    expect(Object.keys(steps).map((step) => step.replace('us-east-1/', ''))).not.toContain('restore');
    expect(story.weights()).toEqual(BLUE);
  });

  it('starts more tasks first where too few are warm, and says so before', async () => {
    await released();
    await ecs.send(
      new UpdateServiceCommand({ cluster: 'forge-production', service: 'api-blue', desiredCount: 1 }),
    );
    await story.until('one task is left', () => story.running('api-blue') === 1);

    const { form, number } = await rolledBack();
    await story.untilPhase(number, 'succeeded');

    expect(form).toMatch(/Emergency/u);
    expect(form).not.toMatch(/It is instant/u);
    expect(story.running('api-blue')).toBe(2);
    expect(story.weights()).toEqual(BLUE);
  });

  it('starts it again where none is warm', async () => {
    await released();
    await ecs.send(
      new UpdateServiceCommand({ cluster: 'forge-production', service: 'api-blue', desiredCount: 0 }),
    );
    await story.until('no task is left', () => story.running('api-blue') === 0);

    const { form, number } = await rolledBack();
    await story.untilPhase(number, 'succeeded');

    expect(form).toMatch(/before all traffic has moved/u);
    expect(story.running('api-blue')).toBe(2);
    expect(story.weights()).toEqual(BLUE);
  });

  it('shows weights of somebody else, and one click overrides them', async () => {
    await released();
    world.aws.weigh({ service: 'api', environment: 'production', blue: 20, green: 80 });

    const { form, number } = await rolledBack();
    await story.untilPhase(number, 'succeeded');

    expect(form).toMatch(/Somebody else moved the traffic/u);
    expect(story.weights()).toEqual(BLUE);
  });

  it('that AWS does not let finish calls people until one of them takes it, and goes on trying', async () => {
    await released();
    world.faults.set([
      Fault.parse({
        service: 'elasticloadbalancing',
        operation: 'ModifyRule',
        kind: 'error',
        times: 1_000_000,
      }),
    ]);

    const { number } = await rolledBack();
    await story.until('the incident commanders are called', () =>
      story.screen.thread(number).some((line) => line.includes('S0ONCALL')),
    );
    await story.clicks('sam', 'I am on it', number);
    await story.untilHappened(number, 'acknowledged');
    world.faults.set([]);

    await story.untilPhase(number, 'succeeded');
    expect(story.weights()).toEqual(BLUE);
  });
});
