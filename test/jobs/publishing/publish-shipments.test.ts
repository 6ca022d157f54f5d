import { afterEach, describe, expect, it } from 'vitest';
import { createShipWorld, type ShipWorld } from '../ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(): Promise<void> {
  world = createShipWorld();
  await world.start();
  await world.ship();
}

const settled = async () => {
  await world.followed();
  await world.pass(90_000);
};

describe('the message of a shipment', () => {
  it('is one, in the channel of where it goes, and is edited', async () => {
    await shipping();
    await settled();

    expect(world.chat.messages()).toMatchObject([{ id: 'S1', channel: 'C0STAGING' }]);
    expect(world.chat.messages()[0]?.texts.length).toBeGreaterThan(1);
    expect(world.said()).toContain('feature/banner → main → staging');
    expect(world.thread().filter((line) => line.includes('is open'))).toHaveLength(1);
  });

  it('is linked to in the description of the pull request', async () => {
    await shipping();
    await settled();

    expect(world.web.pulls.get(1).body).toContain('[followed in Slack](https://');
  });

  it.each([
    ['nobody knows whether it was posted', { method: 'post', kind: 'unclear-after', times: 2 }],
    ['a post was lost', { method: 'post', kind: 'unclear-before', times: 2 }],
    ['Slack asks for patience', { method: 'post', kind: 'limited', times: 2 }],
    ['an edit is unclear', { method: 'update', kind: 'unclear-before', times: 2 }],
    ['edits are limited', { method: 'update', kind: 'limited', times: 2 }],
    [
      'an edit is refused for its content',
      { method: 'update', kind: 'refused', code: 'invalid_blocks', times: 1 },
    ],
    [
      'Slack shuts Forge out for a while',
      { method: 'update', kind: 'refused', code: 'token_revoked', times: 1 },
    ],
  ] as const)('stands there once and shows how it is in the end though %s', async (_, fault) => {
    world = createShipWorld();
    world.chat.break({ ...fault });
    await world.start();
    await world.ship();
    await settled();
    world.web.review(1, 'lena', 'approved');
    await world.ready();
    await world.pass(70_000);

    expect(world.chat.messages()).toHaveLength(1);
    expect(world.said()).toContain('Ready to be merged');
    expect(new Set(world.thread()).size).toBe(world.thread().length);
  });

  it('shows how it is by now where nobody knew whether it was posted', async () => {
    world = createShipWorld();
    world.runner.script('npm test', 'hang');
    world.chat.break({ method: 'post', kind: 'unclear-after', times: 1 });
    await world.start();
    await world.ship();
    await world.until(() => world.chat.messages().length === 1);
    expect(world.said()).toContain('Being checked');

    await world.cancel();
    await world.pass(20_000);

    expect(world.said()).toContain('stopped it');
  });

  it('goes to who asked where the channel does not take it', async () => {
    world = createShipWorld();
    world.chat.break({ method: 'post', kind: 'refused', code: 'not_in_channel', channel: 'C0STAGING' });
    await world.start();
    await world.ship();
    await settled();

    expect(world.chat.messages()).toMatchObject([{ id: 'S1~2', channel: 'DU0MAYA' }]);
  });

  it('is posted anew where somebody deleted it', async () => {
    await shipping();
    await settled();
    const [first] = world.chat.messages();
    world.chat.delete(first?.ts ?? '');
    world.chat.break({ method: 'update', kind: 'refused', code: 'message_not_found', times: 1 });

    world.web.review(1, 'lena', 'approved');
    await world.ready();
    await world.pass(10_000);

    expect(world.chat.messages()).toMatchObject([{ id: 'S1~2', channel: 'C0STAGING' }]);
  });

  it('is given up where nobody takes it, and the shipment goes on', async () => {
    world = createShipWorld();
    world.chat.break({ method: 'post', kind: 'refused', code: 'not_in_channel' });
    await world.start();
    await world.ship();
    await settled();

    expect(world.chat.messages()).toEqual([]);
    expect(await world.store.shipmentsToPublish(world.clock.now())).toEqual([]);
  });
});
