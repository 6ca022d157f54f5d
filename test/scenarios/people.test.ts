import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../src/ports/incoming.ts';
import { forgeInSlack } from './forge-in-slack.ts';
import { openArrivals } from './records.ts';

describe.each([
  { who: 'guest' as const, sentence: 'Guests of the workspace may not use Forge.' },
  {
    who: 'noor' as const,
    sentence: 'You are here from another workspace, and only members of this workspace may use Forge.',
  },
])('$who', ({ who, sentence }) => {
  it.each(['deploy staging', 'status', 'deploy'])(
    'is told privately that “%s” is not theirs to type',
    async (words) => {
      const world = await forgeInSlack();

      await world.types(who, words);

      await world.told(who, sentence);
      expect(world.screen.formNow(who)).toBeUndefined();
      expect(world.screen.sees('maya')).toEqual([]);
      expect(world.version()).toBe('v1.0.0');
    },
  );

  it('is told so at a button, and nothing happens', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    await world.shows(1, 'is live on');

    await world.clicks(who, 'Roll back', 1);

    await world.told(who, sentence);
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(world.version()).toBe('v1.1.0');
  });

  it('sees the reason on the Home', async () => {
    const world = await forgeInSlack();

    await world.opensHome(who);

    await world.homeShows(who, sentence);
    expect(world.screen.homeOf(who)).not.toContain('v1.0.0');
  });
});

describe.each([
  { id: 'U0DORA', kind: 'deactivated' },
  { id: 'U0FORGE', kind: 'a bot' },
  { id: 'U0NOBODY', kind: 'unknown' },
])('somebody who is $kind', ({ id }) => {
  it('does nothing, whatever Slack hands over in their name', async () => {
    const world = await forgeInSlack();
    const { reception } = world.process;
    const incoming: Incoming = {
      kind: 'command',
      id: 'command:1',
      userId: id,
      receivedAt: world.clock.now(),
      text: 'deploy staging',
      channel: 'C0DEPLOYS',
      responseUrl: 'http://127.0.0.1:9/gone',
      triggerId: 'gone',
    };

    await reception.keep(incoming);
    await reception.process(incoming);

    expect(world.version()).toBe('v1.0.0');
    expect(world.screen.sees('maya')).toEqual([]);
    expect(await openArrivals(world)).toEqual([]);
  });
});
