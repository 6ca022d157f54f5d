import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const begun: DeploymentEvent[] = [{ type: 'checking' }, { type: 'started' }];
const progressed = (done: number): DeploymentEvent => ({
  type: 'step-progressed',
  step: 'start/eu-west-1',
  progress: { done, of: 4 },
});

describe('the message of a deployment', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld();
    world.publish();
  });
  afterEach(() => world.close());

  const texts = () => world.chat.messages().map(({ message }) => message.text);
  const calls = (method: string) => world.chat.calls.filter((call) => call.method === method);

  it('is posted once in the environment’s channel and edited from then on', async () => {
    await world.record(1);
    await world.clock.advance(5_000);
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(5_000);

    expect(world.chat.messages()).toMatchObject([{ id: '1', channel: 'C0DEPLOYS' }]);
    expect(world.chat.messages()[0]?.texts.map((text) => text.split(' ')[1])).toEqual([
      'Checking',
      'Deploying',
      'v1.1.0',
    ]);
    expect(texts()).toEqual([':white_check_mark: v1.1.0 is live on Checkout in place-1 (#1)']);
  });

  it('is left alone once it shows the end', async () => {
    await world.record(1, ...begun, { type: 'succeeded' });
    await world.clock.advance(5_000);
    const before = world.chat.calls.length;

    await world.clock.advance(10 * 60_000);

    expect(world.chat.calls).toHaveLength(before);
  });

  it('is drawn again while the deployment runs, for its clocks', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    const before = calls('update').length;

    await world.clock.advance(60_000);

    expect(calls('update').length - before).toBeGreaterThanOrEqual(5);
    expect(calls('update').length - before).toBeLessThanOrEqual(6);
  });

  it('is edited no more often than messages may be, however fast things happen', async () => {
    await world.record(1, ...begun);
    for (let done = 0; done < 40; done += 1) {
      await world.record(1, progressed(done % 4));
      await world.clock.advance(250);
    }

    const times = world.chat.calls.filter(({ id }) => id === '1').map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times.length).toBeGreaterThan(3);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_000);
  });

  it('shows the end at once, however short ago it was edited', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(2_500);
    await world.record(1, progressed(1));
    await world.clock.advance(300);
    await world.record(1, { type: 'succeeded' });

    await world.clock.advance(300);

    expect(texts()[0]).toContain('v1.1.0 is live');
  });

  it('and all others together are edited no more often than Slack allows', async () => {
    for (let number = 1; number <= 30; number += 1) await world.record(number, ...begun);
    for (let round = 0; round < 12; round += 1) {
      for (let number = 1; number <= 30; number += 1) await world.record(number, progressed(round % 4));
      await world.clock.advance(10_000);
    }

    const times = calls('update').map(({ at }) => at);
    const inAMinute = times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length);
    expect(times.length).toBeGreaterThan(40);
    expect(Math.max(...inAMinute)).toBeLessThanOrEqual(48);
  });

  it('of one that ends is edited before those that can wait, also when no edit is left for them', async () => {
    for (let number = 1; number <= 45; number += 1) await world.record(number, ...begun);
    await world.clock.advance(60_000);
    for (let number = 1; number <= 45; number += 1) await world.record(number, progressed(1));
    await world.clock.advance(5_000);
    await world.record(45, { type: 'succeeded' });

    await world.clock.advance(400);

    const message = world.chat.messages().find(({ id }) => id === '45');
    expect(message?.message.text).toContain('v1.1.0 is live');
  });

  it('asks people in its thread though no edit is left', async () => {
    for (let number = 1; number <= 45; number += 1) await world.record(number, ...begun);
    await world.clock.advance(60_000);
    for (let number = 1; number <= 45; number += 1) await world.record(number, progressed(1));
    await world.clock.advance(5_000);
    await world.record(45, {
      type: 'held',
      question: 'AWS does not answer.',
      resumeMeans: 'Resume goes on.',
      abortMeans: 'Abort stops.',
      deadline: world.clock.now() + 60_000,
    });

    await world.clock.advance(3_000);

    expect(world.chat.kept.some(({ message }) => message.text.includes('AWS does not answer.'))).toBe(true);
  });

  it.each<[string, DeploymentEvent]>([
    [
      'asks',
      {
        type: 'held',
        question: 'AWS does not answer.',
        resumeMeans: 'Resume goes on.',
        abortMeans: 'Abort stops.',
        deadline: Date.UTC(2027, 0),
      },
    ],
    ['puts back', { type: 'restoring', because: 'failure', reason: 'AWS does not answer.' }],
  ])('of one that %s is edited though the clocks of many others want to be redrawn', async (_, event) => {
    for (let number = 1; number <= 60; number += 1) await world.record(number, ...begun);
    await world.clock.advance(60_000);
    await world.record(60, event);

    await world.clock.advance(3_000);

    const message = world.chat.messages().find(({ id }) => id === '60');
    expect(JSON.stringify(message?.message)).toContain('AWS does not answer.');
  });

  it('is right after a restart, whatever happened meanwhile', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    world.publish();
    await world.record(1, { type: 'step-started', step: 'start/eu-west-1' }, { type: 'succeeded' });
    await world.clock.advance(1_000);

    expect(world.chat.messages()).toHaveLength(1);
    expect(texts()[0]).toContain('v1.1.0 is live');
  });

  it('does without blocks that the workspace does not know', async () => {
    world.chat.forgetBlock('plan');
    await world.record(1, ...begun);
    await world.clock.advance(3_000);

    const [message] = world.chat.messages();
    expect(message?.message.blocks.map(({ type }) => type)).not.toContain('plan');
    expect(JSON.stringify(message?.message.blocks)).toContain('Check before the start');
  });

  it('that shows a block the workspace has come to refuse is edited without it', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    world.chat.forgetBlock('plan');
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(1_000);

    expect(texts()[0]).toContain('v1.1.0 is live');
  });
});
