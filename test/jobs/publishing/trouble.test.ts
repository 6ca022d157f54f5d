import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const begun: DeploymentEvent[] = [{ type: 'checking' }, { type: 'started' }];

describe('publishing when Slack makes trouble', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld();
    world.publish();
  });
  afterEach(() => world.close());

  const shown = () => world.chat.messages().map(({ channel, message }) => `${channel} ${message.text}`);
  const calls = (method: string) => world.chat.calls.filter((call) => call.method === method);
  const succeeded = async (number = 1) => {
    await world.record(number, ...begun, { type: 'succeeded' });
  };

  it.each(['unclear-before', 'unclear-after'] as const)(
    'shows a message once whose posting ended %s acting, as it is now',
    async (kind) => {
      world.chat.break({ method: 'post', kind, only: 'messages', times: 1 });
      await world.record(1, ...begun);
      await world.clock.advance(500);
      await world.record(1, { type: 'succeeded' });
      await world.clock.advance(60_000);

      expect(shown()).toEqual(['C0DEPLOYS :white_check_mark: v1.1.0 is live on Checkout in place-1 (#1)']);
    },
  );

  it('shows a direct message once whose posting ended unclear, and edits it', async () => {
    world.chat.break({ method: 'post', kind: 'refused', channel: 'C0DEPLOYS' });
    world.chat.break({ method: 'post', kind: 'unclear-after', channel: 'U0MAYA', times: 1 });
    await world.record(1, ...begun);
    await world.clock.advance(10_000);
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(10_000);

    expect(shown()).toEqual(['DU0MAYA :white_check_mark: v1.1.0 is live on Checkout in place-1 (#1)']);
  });

  it('does not post an unclear message again before Slack has said whether it is there', async () => {
    world.chat.break({ method: 'post', kind: 'unclear-after', only: 'messages', times: 1 });
    world.chat.break({ method: 'findPosted', kind: 'unclear-before' });
    await succeeded();
    await world.clock.advance(120_000);

    expect(calls('post').filter(({ id }) => id === '1')).toHaveLength(1);
    world.chat.mend();
    await world.clock.advance(120_000);
    expect(shown()).toHaveLength(1);
  });

  it('posts a message once whose adapter failed', async () => {
    world.chat.break({ method: 'post', kind: 'throws', only: 'messages', times: 1 });
    await succeeded();
    await world.clock.advance(60_000);

    expect(shown()).toHaveLength(1);
  });

  it.each(['post', 'update'] as const)(
    'waits as long as Slack asks before it calls %s again',
    async (method) => {
      await world.record(2);
      await world.clock.advance(5_000);
      world.chat.break({ method, kind: 'limited', only: 'messages', retryAfterMs: 30_000, times: 1 });
      await (method === 'post' ? succeeded(1) : world.record(2, ...begun, { type: 'succeeded' }));
      await world.clock.advance(120_000);

      const id = method === 'post' ? '1' : '2';
      const [first, second] = calls(method)
        .filter((call) => call.id === id)
        .slice(-2);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
      expect(shown().join()).toContain(`v1.1.0 is live on Checkout in place-${id}`);
    },
  );

  it('does not edit a message that Slack asked to spare because its thread has something to say', async () => {
    world.chat.break({ method: 'post', kind: 'limited', only: 'lines', retryAfterMs: 3_000, times: 1 });
    await world.record(1, ...begun);
    await world.clock.advance(2_500);
    world.chat.break({ method: 'update', kind: 'limited', retryAfterMs: 60_000 });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(50_000);

    expect(calls('update')).toHaveLength(1);
  });

  it('tries an edit again that may not have happened', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    world.chat.break({ method: 'update', kind: 'unclear-before', times: 2 });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(10_000);

    expect(shown().join()).toContain('v1.1.0 is live');
  });

  it('goes on for others while one deployment cannot be read', async () => {
    const broken = async (number: number) => {
      if (number === 1) throw new TypeError('An event of #1 cannot be read');
      return world.store.deployment(number);
    };
    world.publish({ store: { ...world.store, deployment: broken } });
    await succeeded(1);
    await succeeded(2);
    await world.clock.advance(20_000);

    expect(world.chat.messages().map(({ id }) => id)).toEqual(['2']);
    expect(world.reports.length).toBeLessThanOrEqual(5);
  });

  it('goes on for others while the adapter fails for one', async () => {
    world.chat.break({ method: 'post', kind: 'throws', times: 1 });
    await succeeded(1);
    await succeeded(2);
    await world.clock.advance(1_000);

    expect(world.chat.messages().map(({ id }) => id)).toEqual(['2']);
  });
});
