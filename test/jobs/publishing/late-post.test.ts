import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chat } from '../../../src/ports/chat.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

/** Forge waits so long for an answer; milliseconds. */
const PATIENCE = 10_000;

describe('a post that Slack carries out after Forge stopped waiting', () => {
  let world: PublishingWorld;
  beforeEach(() => {
    world = createPublishingWorld();
  });
  afterEach(() => world.close());

  it.each([1_500, 5_000, 9_000])('%i ms later is there once', async (lateBy) => {
    world.publish({ chat: slowOnce(world, lateBy) });
    await world.record(1);

    await world.clock.advance(120_000);

    expect(world.chat.messages()).toHaveLength(1);
    expect(await world.store.posts(1)).toMatchObject([{ state: 'sent', ts: world.chat.messages()[0]?.ts }]);
  });
});

/** The first post gets no answer within Forge's patience, and happens `lateBy` milliseconds after that. */
function slowOnce({ chat, clock }: PublishingWorld, lateBy: number): Chat {
  let isSlow = true;
  return {
    unsupported: chat.unsupported,
    update: (request) => chat.update(request),
    findPosted: (request) => chat.findPosted(request),
    permalink: (request) => chat.permalink(request),
    async post(request) {
      if (!isSlow) return chat.post(request);
      isSlow = false;
      const arrived = clock.sleep(PATIENCE + lateBy).then(() => chat.post(request));
      await Promise.race([arrived, clock.sleep(PATIENCE)]);
      return { kind: 'unclear', detail: 'Slack did not answer' };
    },
  };
}
