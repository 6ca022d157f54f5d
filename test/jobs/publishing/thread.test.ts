import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const whole: DeploymentEvent[] = [
  { type: 'checking' },
  { type: 'started' },
  { type: 'step-started', step: 'start/eu-west-1' },
  { type: 'step-finished', step: 'start/eu-west-1' },
  { type: 'step-started', step: 'verify/eu-west-1' },
  { type: 'step-finished', step: 'verify/eu-west-1' },
  { type: 'succeeded' },
];

describe('the thread of a deployment', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld();
    world.publish();
  });
  afterEach(() => world.close());

  const thread = () => world.chat.thread(world.chat.messages()[0]?.ts ?? '');
  const inOrder = ['Checks passed', 'Start v1.1.0: done', 'Confirm what runs: done', ':white_check_mark:'];

  function expectWhole(): void {
    expect(thread()).toEqual(
      inOrder.map((beginning) => expect.stringMatching(new RegExp(`^${beginning}`, 'u'))),
    );
  }

  it('has one line a phase, in order, however late they come', async () => {
    await world.record(1, ...whole);
    await world.clock.advance(5_000);

    expectWhole();
  });

  it('grows with the deployment and says nothing twice', async () => {
    for (const event of whole) {
      await world.record(1, event);
      await world.clock.advance(3_000);
    }

    expectWhole();
  });

  it('keeps its order when Slack does not take a line at once', async () => {
    world.chat.break({ method: 'post', kind: 'limited', only: 'lines', times: 2 });
    await world.record(1, ...whole);
    await world.clock.advance(60_000);

    expectWhole();
  });

  it('leaves the message and Slack alone while it waits for Slack', async () => {
    await world.record(1, ...whole.slice(0, -1));
    await world.clock.advance(3_000);
    world.chat.break({ method: 'post', kind: 'limited', only: 'lines', times: 1, retryAfterMs: 30_000 });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(1_000);
    const before = world.chat.calls.length;

    await world.clock.advance(25_000);

    expect(world.chat.calls).toHaveLength(before);
    await world.clock.advance(10_000);
    expectWhole();
  });

  it.each(['unclear-before', 'unclear-after'] as const)(
    'has a line once whose posting ended %s acting',
    async (kind) => {
      world.chat.break({ method: 'post', kind, only: 'lines', times: 1 });
      await world.record(1, ...whole);
      await world.clock.advance(60_000);

      expectWhole();
    },
  );

  it('does not post an unclear line again before Slack has said whether it is there', async () => {
    world.chat.break({ method: 'post', kind: 'unclear-after', only: 'lines', times: 1 });
    world.chat.break({ method: 'findPosted', kind: 'unclear-before' });
    await world.record(1, ...whole);
    await world.clock.advance(60_000);

    expect(thread()).toHaveLength(1);
    world.chat.mend();
    await world.clock.advance(90_000);
    expectWhole();
  });

  it('leaves out a line that Slack refuses for what it says, logs it, and goes on', async () => {
    world.chat.break({ method: 'post', kind: 'refused', code: 'invalid_blocks', only: 'lines', times: 1 });
    await world.record(1, ...whole);
    await world.clock.advance(60_000);

    expect(thread()).toHaveLength(inOrder.length - 1);
    expect(world.reports.join()).toContain('invalid_blocks');
  });

  it('tells people the end though Slack refuses the edit of the message', async () => {
    await world.record(1, ...whole.slice(0, -1));
    await world.clock.advance(5_000);
    world.chat.break({ method: 'update', kind: 'refused', code: 'invalid_blocks' });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(10_000);

    expectWhole();
    const updates = world.chat.calls.filter(({ method }) => method === 'update');
    await world.clock.advance(60_000);
    expect(world.chat.calls.filter(({ method }) => method === 'update')).toHaveLength(updates.length);
  });

  it.each(['before', 'after'] as const)(
    'has its last line after a crash right %s the message counts as published',
    async (moment) => {
      await world.record(1, ...whole.slice(0, -1));
      await world.clock.advance(5_000);
      const died = new Promise<never>(() => undefined);
      let isDead = false;
      const dying = new Proxy(world.store, {
        get(store, name: keyof Store) {
          return async (...values: unknown[]) => {
            if (isDead) return died;
            if (name === 'markPublished') {
              isDead = true;
              if (moment === 'before') return died;
            }
            const answer: unknown = await Reflect.apply(store[name], store, values);
            return isDead ? died : answer;
          };
        },
      });
      world.publish({ store: dying });
      await world.record(1, { type: 'succeeded' });
      await world.clock.advance(5_000);
      expect(isDead).toBe(true);

      world.publish();
      await world.clock.advance(10_000);

      expectWhole();
    },
  );

  it('is whole after a restart between any two lines', async () => {
    for (const event of whole) {
      await world.record(1, event);
      world.publish();
      await world.clock.advance(3_000);
    }

    expectWhole();
  });
});
