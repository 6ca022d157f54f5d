import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../../sandbox/plain-text.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { aCanary, aGate, baking, gatesRead } from '../../views/canary.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const plan = aCanary();
const region = 'us-east-1';
const MINUTE = 60_000;

describe('the message of a deployment that moved traffic', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld();
    world.publish();
  });
  afterEach(() => world.close());

  const words = () => plainText(world.chat.messages()[0]?.message.blocks ?? []).join('\n');
  const edits = () => world.chat.calls.filter(({ method }) => method === 'update').length;

  /** It has succeeded, and what was live before stays warm for three minutes. */
  async function succeed(): Promise<void> {
    const kept: DeploymentEvent = {
      ...{ type: 'standby-kept', region, on: 'blue', desired: 2 },
      until: world.clock.now() + 3 * MINUTE,
    };
    await world.record(1, ...baking(plan, 100), kept, { type: 'succeeded' });
    await world.clock.advance(5_000);
  }

  it('is drawn once more when its rollback stops being instant, and then left alone', async () => {
    await succeed();
    expect(words()).toContain('back to v1.0.0 instantly until');
    const before = edits();

    await world.clock.advance(2 * MINUTE);
    expect(edits()).toBe(before);

    await world.clock.advance(2 * MINUTE);
    expect(words()).toContain('since its tasks have to start again');
    const after = edits();

    await world.clock.advance(5 * MINUTE);
    expect(edits()).toBe(after);
  });

  it('is drawn again at once where its standby ends early, and the thread says so', async () => {
    await succeed();

    await world.record(1, { type: 'standby-ended', region, reason: 'used by #2' });
    await world.clock.advance(60_000);

    expect(words()).toContain('since its tasks have to start again');
    expect(world.chat.thread(world.chat.messages()[0]?.ts ?? '').at(-1)).toContain('used by #2');
  });

  it('names in its thread those who are called, and tells of a failing gate once', async () => {
    const failing = gatesRead([aGate({ kind: 'failed', words: '6 % of 412 requests failed' })]);
    await world.record(1, ...baking(plan, 25), failing);
    await world.clock.advance(5_000);
    await world.record(1, failing);
    await world.record(
      1,
      { type: 'restoring', because: 'failure', reason: '6 % of requests failed' },
      { type: 'restore-blocked', region, reason: 'AWS does not answer' },
    );
    await world.clock.advance(60_000);

    const thread = world.chat.thread(world.chat.messages()[0]?.ts ?? '');
    expect(thread.filter((line) => line.includes('outside the limit'))).toHaveLength(1);
    expect(thread.at(-1)).toContain('<!subteam^S0ONCALL>');
  });
});
