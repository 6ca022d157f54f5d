import { describe, expect, it } from 'vitest';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';

describe('a product manager', () => {
  it('deploys to staging by two words and watches it in one message', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });

    await world.types('maya', 'deploy staging because the search is approved');
    await world.told('maya', 'Deployment #1 of Public API to staging has begun. Its message in #C0DEPLOYS');
    const underWay = await world.shows(
      1,
      /Deploying v1\.1\.0 to Public API in staging \(#1\).*Start v1\.1\.0[^\n]*0 of 2/su,
    );
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    const done = await world.shows(1, 'v1.1.0 is live on Public API in staging (#1)');

    expect(underWay.words).toContain('the search is approved');
    expect(underWay.words).toContain('[ Abort ]');
    expect(done.ts).toBe(underWay.ts);
    expect(done.words).toContain('[ Roll back ]');
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(world.version()).toBe('v1.1.0');
    expect(world.screen.sees('jonas').filter(({ ephemeral }) => ephemeral)).toEqual([]);
  });

  it('takes it back by the button', async () => {
    const world = await deployed();

    await world.clicks('maya', 'Roll back', 1);

    await world.told('maya', '#2 takes #1 back. Its message shows when the previous release is confirmed.');
    await world.shows(2, 'Rolled back: v1.0.0 is live on Public API in staging again (#2)');
    await world.shows(1, /until #2 undid it/u);
    expect(world.version()).toBe('v1.0.0');
    expect(world.screen.deploymentMessages()).toHaveLength(2);
    expect(world.screen.messageOf(1)?.words).not.toContain('[ Roll back ]');
  });

  it('takes it back by words and a form', async () => {
    const world = await deployed();

    await world.types('maya', 'rollback staging because errors went up');
    const form = await world.form('maya');
    await world.answers('maya');

    expect(form.words).toContain('goes from *v1.1.0* back to *v1.0.0*');
    await world.told('maya', '#2 takes #1 back');
    const done = await world.shows(2, 'Rolled back: v1.0.0 is live on Public API in staging again');
    expect(done.words).toContain('errors went up');
    expect(world.version()).toBe('v1.0.0');
  });

  it('says nothing but the command and fills in the form', async () => {
    const world = await forgeInSlack();

    await world.types('maya', 'deploy api');
    await world.form('maya');
    await world.answers('maya', { environment: 'staging', ref: 'v1.1.0', why: 'asked for' });

    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    await world.told('maya', 'Deployment #1 of Public API to staging has begun');
  });

  it('sees under the field of the form what is wrong, and the form stays', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy billing-worker');
    await world.form('maya');

    const sent = await world.answers('maya', { environment: 'production', ref: 'v1.1.0' });

    expect(sent.errors).toEqual({
      environment: expect.stringContaining('Billing worker does not run in production'),
    });
    expect(world.screen.formNow('maya')).toBeDefined();
    expect(world.screen.deploymentMessages()).toEqual([]);
  });

  it('aborts what is under way, and the old release is back', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    await world.shows(1, /Deploying.*0 of 2/su);

    await world.clicks('maya', 'Abort', 1);

    await world.told('maya', '#1 is being aborted: v1.0.0 is being put back');
    await world.shows(1, 'Aborted: v1.0.0 is back on Public API in staging');
    expect(world.version()).toBe('v1.0.0');
    expect(world.screen.deploymentMessages()).toHaveLength(1);
  });

  it('is told in the thread when a release fails, and the old one is back by itself', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'Essential container exited with 1' });

    await world.types('maya', 'deploy staging');

    const failed = await world.shows(1, 'Failed: v1.1.0 did not go live, v1.0.0 is back');
    expect(failed.words).toContain('Essential container exited with 1');
    expect(failed.words).not.toContain('[ Roll back ]');
    expect(world.version()).toBe('v1.0.0');
    await expect.poll(() => world.screen.thread(1).at(-1)).toMatch(/@U0MAYA v1\.1\.0 failed/u);
  });

  it('deploys to both regions of production, the one after the other, in its own channel', async () => {
    const world = await forgeInSlack();

    await world.types('maya', 'deploy production v1.1.0');

    await world.shows(1, 'v1.1.0 is live on Public API in production (#1)');
    expect(world.screen.deploymentMessages('production')).toHaveLength(1);
    expect(world.screen.deploymentMessages('deploys')).toEqual([]);
    expect(world.platform.changes.map((line) => line.split(' ')[0])).toEqual([
      'api/production/us-east-1',
      'api/production/eu-west-1',
    ]);
  });
});

describe('a thread', () => {
  it('has each line once, in order, and mentions the requester at the end', async () => {
    const world = await deployed();

    await expect.poll(() => world.screen.thread(1).length).toBeGreaterThan(3);
    await expect.poll(() => world.screen.thread(1).at(-1)).toMatch(/@U0MAYA v1\.1\.0 is live/u);
    const lines = world.screen.thread(1);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines[0]).toContain('Checks passed');
  });
});

async function deployed(): Promise<ForgeInSlack> {
  const world = await forgeInSlack();
  await world.types('maya', 'deploy staging');
  await world.shows(1, 'v1.1.0 is live on Public API in staging (#1)');
  return world;
}
