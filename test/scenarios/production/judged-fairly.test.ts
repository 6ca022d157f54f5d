import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CUSTOMERS, createProductionWorld, type ProductionWorld } from './production-world.ts';
import { Story } from './story.ts';

describe('a release that is not to blame', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;

  beforeAll(async () => {
    world = await createProductionWorld({
      strategy: '{ blue-green: [50% for 3s, 100% for 3s] }',
      standby: '1s',
      gates: '{ 5xx: 1%, p95: 2s, active connections: off }',
    });
    story = new Story(world);
  });
  beforeEach(async () => {
    await story.endsAll();
    await story.customers(CUSTOMERS);
  });
  afterAll(() => world.stop());

  const wasPutBack = async (number: number) => (await story.happened(number, 'restoring')).length > 0;

  it('stays though it fails some requests, when it mends more', async () => {
    story.behaves({ version: 'v1.0.0', errorPercent: 10 });
    await story.untilCustomersSuffer(10);

    const number = await story.deploys('v1.3.5-hotfix');

    await story.untilPhase(number, 'succeeded');
  });

  it('waits while all are slow, such as for a database they share, and goes on after that', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);

    world.aws.change({ dependency: { latencyMs: 4_000 } });
    const { waits } = await story.until('promotion waits', async () => {
      const { gates } = await story.deployment(number);
      return gates['us-east-1']?.waits?.includes('both') === true && gates['us-east-1'];
    });
    story.calms();

    expect(waits).toMatch(/both share/u);
    await story.untilPhase(number, 'succeeded');
    expect(await wasPutBack(number)).toBe(false);
  });

  it('waits for requests where few come by, and is not put back', async () => {
    await story.customers(6);
    const number = await story.deploys('v1.0.0');

    const read = await story.until('promotion waits', async () =>
      (await story.happened(number, 'gates-read')).find(({ waits }) => waits !== undefined),
    );
    await story.customers(CUSTOMERS);

    expect(read.waits).toMatch(/requests?/u);
    await story.untilPhase(number, 'succeeded');
    expect(await wasPutBack(number)).toBe(false);
  });
});

describe('a release that nobody comes by to use', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;

  beforeAll(async () => {
    world = await createProductionWorld({ customers: 0, timing: { 'evidence within': '2s' } });
    story = new Story(world);
  });
  afterAll(() => world.stop());

  it('is never promoted by itself: a person is asked', async () => {
    const number = await story.deploys('v1.1.0');

    const question = await story.question(number);
    await story.types('maya', `abort #${number}`);

    expect(question).toMatch(/waits at 50 %.*requests?/u);
    await story.untilPhase(number, 'aborted');
    expect(await story.shifts(number)).toEqual([50, 0]);
  });

  it('goes on when a person says so', async () => {
    const number = await story.deploys('v1.1.0');

    await story.question(number);
    await story.types('lena', `resume #${number}`);
    await story.untilBake(number, 100);
    await story.question(number);
    await story.clicks('maya', 'Abort', number);

    const { abortRequestedBy } = await story.untilPhase(number, 'aborted');
    expect(abortRequestedBy).toMatchObject({ kind: 'person', userId: 'U0MAYA' });
    expect(await story.shifts(number)).toEqual([50, 100, 0]);
  });
});
