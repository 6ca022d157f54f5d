import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const begun: DeploymentEvent[] = [{ type: 'checking' }, { type: 'started' }];

describe('publishing what Slack refuses', () => {
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

  it.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
    'tells the person who asked directly when the channel says %s',
    async (code) => {
      world.chat.break({ method: 'post', kind: 'refused', code, channel: 'C0DEPLOYS' });
      await succeeded();
      await world.clock.advance(10_000);

      expect(shown()).toEqual(['DU0MAYA :white_check_mark: v1.1.0 is live on Checkout in place-1 (#1)']);
      const [message] = world.chat.messages();
      expect(world.chat.thread(message?.ts ?? '').at(-1)).toContain('v1.1.0 is live');
      expect(world.reports.join()).toContain(code);
    },
  );

  it('gives up where nobody takes the message, says so in the log, and bothers Slack no more', async () => {
    world.chat.break({ method: 'post', kind: 'refused', code: 'not_in_channel' });
    await succeeded();
    await world.clock.advance(10_000);
    const before = world.chat.calls.length;

    await world.clock.advance(10 * 60_000);

    expect(world.chat.calls).toHaveLength(before);
    expect(world.reports.filter((line) => line.startsWith('No channel takes'))).toHaveLength(1);
  });

  it('moves to the person who asked when the channel is closed while it runs, with what is still to say', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    world.chat.break({ method: 'update', kind: 'refused', code: 'is_archived', channel: 'C0DEPLOYS' });
    world.chat.break({ method: 'post', kind: 'refused', code: 'is_archived', channel: 'C0DEPLOYS' });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(10_000);

    const direct = world.chat.messages().find(({ channel }) => channel === 'DU0MAYA');
    expect(direct?.message.text).toContain('v1.1.0 is live');
    expect(world.chat.thread(direct?.ts ?? '')).toEqual([expect.stringContaining('v1.1.0 is live')]);
  });

  it('takes the lines that wait along when the message moves', async () => {
    world.chat.break({ method: 'post', kind: 'limited', only: 'lines', retryAfterMs: 10_000, times: 1 });
    await world.record(1, ...begun, { type: 'step-finished', step: 'start/eu-west-1' });
    await world.clock.advance(5_000);
    world.chat.break({ method: 'update', kind: 'refused', code: 'is_archived', channel: 'C0DEPLOYS' });
    world.chat.break({ method: 'post', kind: 'refused', code: 'is_archived', channel: 'C0DEPLOYS' });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(30_000);

    const direct = world.chat.messages().find(({ channel }) => channel === 'DU0MAYA');
    expect(world.chat.thread(direct?.ts ?? '')).toHaveLength(3);
  });

  it('gives up the lines that wait with the message', async () => {
    world.chat.break({ method: 'post', kind: 'limited', only: 'lines', retryAfterMs: 10_000, times: 1 });
    await world.record(1, ...begun, { type: 'step-finished', step: 'start/eu-west-1' });
    await world.clock.advance(5_000);
    world.chat.break({ method: 'update', kind: 'refused', code: 'is_archived' });
    world.chat.break({ method: 'post', kind: 'refused', code: 'is_archived' });
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(5 * 60_000);

    expect(world.reports.filter((line) => line.startsWith('No channel takes'))).toHaveLength(1);
  });

  it('posts a deleted message afresh where it was', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    world.chat.delete(world.chat.messages()[0]?.ts ?? '');
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(10_000);

    expect(shown()).toEqual(['C0DEPLOYS :white_check_mark: v1.1.0 is live on Checkout in place-1 (#1)']);
  });

  it('posts no more than three messages, however often they are deleted', async () => {
    await world.record(1, ...begun);
    for (let round = 0; round < 6; round += 1) {
      await world.clock.advance(15_000);
      for (const { ts } of world.chat.messages()) world.chat.delete(ts);
    }
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(60_000);
    const before = world.chat.calls.length;
    await world.clock.advance(60_000);

    expect(calls('post').filter(({ id }) => !id.includes('/'))).toHaveLength(3);
    expect(world.chat.calls).toHaveLength(before);
    expect(world.reports.filter((line) => line.startsWith('No channel takes')).length).toBeLessThan(5);
  });

  it('does not send content again that Slack finds invalid, and shows the next state', async () => {
    await world.record(1, ...begun);
    await world.clock.advance(5_000);
    world.chat.break({ method: 'update', kind: 'refused', code: 'invalid_blocks', times: 1 });
    await world.record(1, { type: 'step-started', step: 'start/eu-west-1' });
    await world.clock.advance(60_000);
    const updates = calls('update').length;
    await world.record(1, { type: 'succeeded' });
    await world.clock.advance(10_000);

    expect(updates).toBe(1);
    expect(shown().join()).toContain('v1.1.0 is live');
    expect(world.reports.join()).toContain('invalid_blocks');
  });

  it('does not repeat a message with a block that neither the workspace nor Forge can do without', async () => {
    world.chat.forgetBlock('header');
    await succeeded();
    await world.clock.advance(10 * 60_000);

    expect(calls('post').length).toBeLessThanOrEqual(4);
    expect(world.reports.join()).toContain('unsupported block header');
  });

  it.each(['token_revoked', 'missing_scope', 'http_403'])(
    'waits until an admin has mended %s, and then shows what is true',
    async (code) => {
      await world.record(2, ...begun);
      await world.clock.advance(5_000);
      world.chat.break({ method: 'post', kind: 'refused', code });
      world.chat.break({ method: 'update', kind: 'refused', code });
      await succeeded(1);
      await world.record(2, { type: 'succeeded' });
      await world.clock.advance(5 * 60_000);
      const tries = world.chat.calls.length;
      world.chat.mend();
      await world.clock.advance(2 * 60_000);

      expect(tries).toBeLessThan(20);
      expect(shown().toSorted()).toEqual([
        'C0DEPLOYS :white_check_mark: v1.1.0 is live on Checkout in place-1 (#1)',
        'C0DEPLOYS :white_check_mark: v1.1.0 is live on Checkout in place-2 (#2)',
      ]);
      expect(world.reports.join()).toContain(code);
    },
  );
});
