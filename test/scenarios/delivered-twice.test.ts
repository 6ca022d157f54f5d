import { describe, expect, it } from 'vitest';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';

describe.each(['duplicate', 'lose-ack'] as const)('a delivery of Slack struck by %s', (kind) => {
  it('deploys once when it is a command', async () => {
    const world = await forgeInSlack();
    world.setFaults({ operation: 'deliver:slash_commands', kind });

    await world.slack.command({ as: 'U0MAYA', channel: 'deploys', text: '/forge deploy staging' });

    await world.shows(1, 'is live on');
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(said(world, /has begun/u)).toBe(1);
    expect(said(world, /is about to deploy|is deploying/u)).toBe(0);
  });

  it('rolls back once when it is a click', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    const message = await world.shows(1, 'is live on');
    world.setFaults({ operation: 'deliver:interactive', kind });

    await world.clicksIn('maya', 'Roll back', message);

    await world.shows(2, 'Rolled back');
    expect(said(world, /#2 takes #1 back/u)).toBe(1);
    expect(said(world, /already/u)).toBe(0);
  });
});

function said(world: ForgeInSlack, words: RegExp): number {
  return world.screen.privateAnswers('maya').filter((message) => words.test(message.words)).length;
}
