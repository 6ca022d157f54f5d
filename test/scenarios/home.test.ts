import { describe, expect, it } from 'vitest';
import { forgeInSlack } from './forge-in-slack.ts';
import { openArrivals, refuseDeployments } from './records.ts';

describe('the Home', () => {
  it('shows what is live where when somebody opens it', async () => {
    const world = await forgeInSlack();

    await world.opensHome('maya');

    await world.homeShows('maya', /## staging\n.*Public API.*v1\.0\.0 is live/su);
    expect(world.screen.homeOf('maya')).toContain('Billing worker');
  });

  it('is shown anew by its Refresh button, without a message to anybody', async () => {
    const world = await forgeInSlack();
    await world.opensHome('maya');
    await world.homeShows('maya', 'v1.0.0 is live');
    await world.types('jonas', 'deploy staging');
    await world.shows(1, 'is live on');

    await world.clicksHome('maya', 'Refresh');

    await world.homeShows('maya', /v1\.1\.0 is live.*by @U0JONAS/su);
    expect(world.screen.privateAnswers('maya')).toEqual([]);
  });

  it('follows by itself what happens after it was opened, also after a restart', async () => {
    const world = await forgeInSlack();
    await world.opensHome('maya');
    await world.homeShows('maya', 'v1.0.0 is live');

    await world.types('jonas', 'deploy staging');
    await world.homeShows('maya', /v1\.1\.0 is live.*by @U0JONAS/su);
    await world.restart();
    await world.types('jonas', 'rollback api staging');
    await world.form('jonas');
    await world.answers('jonas');

    await world.homeShows('maya', /back to v1\.0\.0 by @U0JONAS/su);
  });

  it('opens the form by its Deploy… button, and the answer comes as a direct message', async () => {
    const world = await forgeInSlack();
    await world.opensHome('maya');
    await world.homeShows('maya', 'v1.0.0 is live');

    await world.clicksHome('maya', 'Deploy…');
    await world.form('maya');
    await world.answers('maya', { service: 'api', environment: 'staging' });

    const answer = await world.told('maya', 'Deployment #1 of Public API to staging has begun');
    expect(answer.channel).toBe('D0MAYA');
    await world.shows(1, 'is live on');
  });

  it('says unknown where AWS does not answer', async () => {
    const world = await forgeInSlack();
    world.platform.break({ method: 'live', kind: 'unavailable' });

    await world.opensHome('maya');

    await world.homeShows('maya', 'Unknown');
    expect(world.screen.homeOf('maya')).not.toContain('is live');
  });

  it('that Slack does not take now is left as it was, and nobody is written to', async () => {
    const world = await forgeInSlack();
    world.setFaults({ operation: 'views.publish', kind: 'error', times: 9 });

    await world.opensHome('maya');

    await expect.poll(async () => (await openArrivals(world)).length, { timeout: 15_000 }).toBe(0);
    await expect.poll(() => world.lines.some(({ level }) => level === 'error')).toBe(true);
    expect(world.screen.privateAnswers('maya')).toEqual([]);
  });
});

describe('the questions', () => {
  it.each([
    ['help', /`\/forge deploy \[service\]/u],
    ['', /`\/forge deploy \[service\]/u],
    ['whoami', /You are @U0MAYA, a full member/u],
    ['status', /## staging.*v1\.0\.0 is live/su],
    ['history', /there are none yet/u],
  ])('“%s” is answered to the person alone', async (words, answer) => {
    const world = await forgeInSlack();

    await world.types('maya', words);

    await world.told('maya', answer);
    expect(world.screen.sees('jonas')).toEqual([]);
  });

  it('of what was deployed go back page by page, and each row opens its deployment', async () => {
    const world = await forgeInSlack();
    world.sourceControl.silence(true);
    await refuseDeployments(7, world);

    await world.types('maya', 'history');
    const first = await world.told('maya', 'newest first');
    await world.clicksIn('maya', 'Older', first);
    const second = await world.told('maya', 'That is all.');
    await world.clicksIn('maya', 'Show', second);

    expect(first.words).toContain('*#7*');
    expect(second.words).toContain('*#2*');
    await world.told('maya', /Not started: .*\(#2\)/u);
  });
});
