import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProductionWorld, type ProductionWorld } from './production-world.ts';
import { Story } from './story.ts';

const ROLE = 'arn:aws:iam::222222222222:role/forge-dead-man-switch';

describe('the dead-man switch', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;

  beforeAll(async () => {
    world = await createProductionWorld({
      evidence: 'smoke',
      standby: '1s',
      deadMan: `{ after: 12s, role: "${ROLE}" }`,
    });
    story = new Story(world);
  });
  afterEach(() => story.endsAll());
  afterAll(() => world.stop());

  /** When AWS will move traffic by itself, one for each rule. */
  const due = () => world.aws.truth.schedules.filter(({ fired }) => fired === undefined).map(dueAt);
  const dueAt = ({ fireAt }: { fireAt: Date }) => fireAt.getTime();

  it('is set for every rule before any traffic moves, and gone at the end', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);
    const armed = due();
    const events = (await world.forge().store.events(number)).map(({ event }) => event.type);

    await story.untilPhase(number, 'succeeded');

    expect(armed).toHaveLength(2);
    expect(events.indexOf('switch-armed')).toBeLessThan(events.indexOf('traffic-intended'));
    expect(due()).toEqual([]);
  });

  it('is put off while Forge lives, also while the deployment is paused', async () => {
    const number = await story.deploys('v1.0.0');
    await story.untilBake(number, 50);
    await story.types('maya', `pause #${number}`);
    await story.untilHappened(number, 'paused');
    const [first = 0] = due();

    await story.until('it would have fired', () => Date.now() > first);
    const later = due();
    await story.types('maya', `abort #${number}`);
    await story.untilPhase(number, 'aborted');

    expect(later).toHaveLength(2);
    expect(Math.min(...later)).toBeGreaterThan(first);
    expect(due()).toEqual([]);
  });

  it('brings traffic back when Forge dies, and Forge knows it for its own afterwards', async () => {
    const number = await story.deploys('v1.3.4-slower');
    await story.untilBake(number, 50);
    const live = story.weights();

    await world.stopForge();
    await story.until('all traffic is on one colour', () =>
      /(?:100.*\b0)|(?:\b0.*100)/u.test(story.weights()[0] ?? ''),
    );
    await world.startForge();

    const { phase } = await story.untilPhase(number, 'rolled-back');
    expect(live).toEqual(['api-blue 50, api-green 50']);
    expect(phase).toMatchObject({ reason: expect.stringMatching(/dead-man switch/u) });
    expect(await story.happened(number, 'switch-fired')).toHaveLength(1);
    expect(await story.happened(number, 'held')).toEqual([]);
    expect(due()).toEqual([]);
  });
});
