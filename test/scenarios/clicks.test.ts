import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';

describe('a button pressed twice', () => {
  it('rolls back once, and the second press is answered with the first', async () => {
    const world = await deployed();
    const message = await world.shows(1, 'is live');

    await Promise.all([
      world.clicksIn('maya', 'Roll back', message),
      world.clicksIn('maya', 'Roll back', message),
    ]);

    await world.told('maya', '#2 takes #1 back');
    await world.told('maya', /#2 (is taking|has taken) #1 back already/u);
    await world.shows(2, 'Rolled back');
    expect(world.screen.deploymentMessages()).toHaveLength(2);
    expect(restorations(world)).toBe(1);
  });

  it('by two people at once rolls back once, and each gets a precise answer', async () => {
    const world = await deployed();
    const message = await world.shows(1, 'is live');

    await Promise.all([
      world.clicksIn('maya', 'Roll back', message),
      world.clicksIn('jonas', 'Roll back', message),
    ]);

    await world.shows(2, 'Rolled back');
    await eventually(() => said(world, /#2 takes #1 back/u) === 1);
    await eventually(() => said(world, /#2 (is taking|has taken) #1 back already/u) === 1);
    expect(restorations(world)).toBe(1);
  });

  it('aborts once, and says to the second person who was first', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    const message = await world.shows(1, /0 of 2/u);

    await Promise.all([world.clicksIn('maya', 'Abort', message), world.clicksIn('jonas', 'Abort', message)]);

    await world.shows(1, 'Aborted: v1.0.0 is back');
    await eventually(() => said(world, /#1 is being aborted: v1.0.0/u) === 1);
    await eventually(
      () => said(world, /already being (aborted|put back)|cannot be aborted: it was aborted/u) === 1,
    );
    expect(restorations(world)).toBe(1);
  });
});

describe('a button pressed late', () => {
  it('after the deployment ended does nothing and says how to undo it', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    await world.shows(1, /0 of 2/u);
    await world.types('maya', 'status #1');
    const copy = await world.told('maya', /\[ Abort \]/u);
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    await world.shows(1, 'is live on');

    await world.clicksIn('maya', 'Abort', copy);

    await world.told('maya', '#1 cannot be aborted: it has succeeded and v1.1.0 is live.');
    expect(world.version()).toBe('v1.1.0');
  });

  it('after the release was replaced does nothing and says by which', async () => {
    const world = await deployed();
    await world.types('maya', 'status #1');
    const copy = await world.told('maya', /\[ Roll back \]/u);
    await world.types('jonas', 'deploy staging v1.0.0');
    await world.shows(2, 'v1.0.0 is live');

    await world.clicksIn('maya', 'Roll back', copy);

    await world.told('maya', '#1 is not live, so there is nothing of it to roll back: it was replaced by #2');
    expect(world.screen.deploymentMessages()).toHaveLength(2);
  });
});

describe('what Slack delivers twice', () => {
  it('is done once when it is a command', async () => {
    const world = await forgeInSlack();
    world.setFaults({ operation: 'deliver:slash_commands', kind: 'cut-after' });

    await world.types('maya', 'deploy staging');

    await world.shows(1, 'is live on');
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(said(world, /has begun/u)).toBe(1);
    expect(said(world, /is about to deploy|is deploying/u)).toBe(0);
  });

  it('is done once when it is a click', async () => {
    const world = await deployed();
    world.setFaults({ operation: 'deliver:interactive', kind: 'cut-after' });

    await world.clicks('maya', 'Roll back', 1);

    await world.shows(2, 'Rolled back');
    expect(said(world, /#2 takes #1 back/u)).toBe(1);
    expect(said(world, /already/u)).toBe(0);
  });

  it('is done once when it is a form', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy api');
    await world.form('maya');
    world.setFaults({ operation: 'deliver:interactive', kind: 'cut-after' });

    await world.answers('maya', { environment: 'staging' });

    await world.shows(1, 'is live on');
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(said(world, /has begun/u)).toBe(1);
  });
});

describe('two people who deploy at once', () => {
  it('start one deployment, and the other is told whose', async () => {
    const world = await forgeInSlack();

    await Promise.all([world.types('maya', 'deploy staging'), world.types('jonas', 'deploy staging v1.1.0')]);

    await world.shows(1, 'is live on');
    await eventually(
      () =>
        said(world, /has begun/u) === 2 ||
        said(world, /(is about to deploy|is deploying) v1\.1\.0 to Public API in staging \(#1\)/u) === 1,
    );
    expect(world.platform.changes).toHaveLength(1);
    expect(world.screen.deploymentMessages().filter(({ text }) => text.includes('is live'))).toHaveLength(1);
  });
});

/** How many private answers to anybody say so. */
function said(world: ForgeInSlack, words: RegExp): number {
  const all = [...world.screen.privateAnswers('maya'), ...world.screen.privateAnswers('jonas')];
  return all.filter((message) => words.test(message.words)).length;
}

function restorations(world: ForgeInSlack): number {
  return world.platform.changes.filter((line) => line.endsWith('api-staging:1')).length;
}

async function deployed(): Promise<ForgeInSlack> {
  const world = await forgeInSlack();
  await world.types('maya', 'deploy staging');
  await world.shows(1, 'v1.1.0 is live on Public API in staging (#1)');
  return world;
}
