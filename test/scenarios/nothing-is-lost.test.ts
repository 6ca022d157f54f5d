import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { forgeInSlack } from './forge-in-slack.ts';
import { openArrivals } from './records.ts';

describe('a command that was acknowledged', () => {
  it('is in the database before Slack is told', async () => {
    const world = await forgeInSlack({ isStarted: false });
    await world.start({ dyingAfterAck: true });

    const delivery = await world.types('maya', 'deploy staging');
    const kept = await openArrivals(world);

    expect(delivery).toMatchObject({ acked: true });
    expect(kept).toMatchObject([{ kind: 'command', payload: { text: 'deploy staging' } }]);
  });

  it('is done after a restart when Forge died before it did it', async () => {
    const world = await forgeInSlack({ isStarted: false });
    await world.start({ dyingAfterAck: true });
    await world.types('maya', 'deploy staging');

    await world.restart();

    await world.told('maya', 'Deployment #1 of Public API to staging has begun');
    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    await eventually(async () => (await openArrivals(world)).length === 0);
  });

  it('is told and not done when Forge comes back more than ten minutes later', async () => {
    const world = await forgeInSlack({ isStarted: false });
    await world.start({ dyingAfterAck: true });
    await world.types('maya', 'deploy staging');
    await world.stop();
    world.clock.leap(11 * 60_000);

    await world.start();

    await world.told(
      'maya',
      /not running when you typed \/forge deploy staging|not running when you typed `\/forge deploy staging` 11 min/u,
    );
    await eventually(async () => (await openArrivals(world)).length === 0);
    expect(world.screen.deploymentMessages()).toEqual([]);
    expect(world.version()).toBe('v1.0.0');
  });

  it('does not keep others waiting when it is slow to take up', async () => {
    const world = await forgeInSlack({ isStarted: false });
    await world.start({ dyingAfterAck: true });
    await world.types('maya', 'deploy staging');
    await world.stop();
    world.platform.break({ method: 'live', kind: 'hang', times: 1 });

    await world.start();
    await world.types('jonas', 'help');

    await world.told('jonas', 'What you can type.');
    expect(world.screen.privateAnswers('maya')).toEqual([]);
    world.platform.mend();
  });

  it('by a click is done after a restart as well', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    await world.shows(1, 'is live on');
    await world.stop();
    await world.start({ dyingAfterAck: true });
    await world.clicks('maya', 'Roll back', 1);

    await world.restart();

    await world.shows(2, 'Rolled back: v1.0.0 is live');
    await world.told('maya', '#2 takes #1 back');
  });

  it('that needed a form is answered in words when Forge died until the form could not open', async () => {
    const world = await forgeInSlack({ isStarted: false });
    await world.start({ dyingAfterAck: true });
    await world.types('maya', 'deploy api');
    await world.stop();
    world.slackClock.leap(4_000);

    await world.start();

    await world.told('maya', /Slack did not let Forge open its form in time, so nothing was done/u);
    expect(world.screen.formNow('maya')).toBeUndefined();
  });

  it('that Forge cannot take, because it is stopped, is said by Slack to have failed', async () => {
    const world = await forgeInSlack();
    await world.stop();

    const delivery = await world.types('maya', 'deploy staging');
    await world.start();

    expect(delivery).toEqual({ acked: false, error: 'dispatch_failed' });
    expect(await openArrivals(world)).toEqual([]);
  });
});

describe('a restart in the middle of a deployment', () => {
  it('goes on with it in the same message', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    const before = await world.shows(1, /0 of 2/u);

    await world.restart();
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });

    const after = await world.shows(1, 'v1.1.0 is live on Public API in staging');
    expect(after.ts).toBe(before.ts);
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(world.platform.changes).toHaveLength(1);
    await expect.poll(() => world.screen.thread(1).at(-1)).toMatch(/is live/u);
    expect(new Set(world.screen.thread(1)).size).toBe(world.screen.thread(1).length);
  });

  it('leaves the buttons of before working', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    const message = await world.shows(1, /0 of 2/u);

    await world.restart();
    await world.clicksIn('maya', 'Abort', message);

    await world.shows(1, 'Aborted: v1.0.0 is back');
    expect(world.version()).toBe('v1.0.0');
  });
});
