import { describe, expect, it } from 'vitest';
import type { PlatformMethod } from '../fakes/platform.ts';
import { forgeInSlack } from './forge-in-slack.ts';

const DURING: PlatformMethod[] = ['start', 'health', 'runningImages'];

describe('while a deployment runs', () => {
  it.each(DURING)('one unanswered %s is asked again, and it goes live', async (method) => {
    const world = await forgeInSlack();
    world.platform.break({ method, kind: 'unavailable', times: 1 });

    await world.types('maya', 'deploy staging');

    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    expect(world.platform.changes).toHaveLength(1);
  });

  it.each(DURING)('an answer to %s that is lost has no second effect', async (method) => {
    const world = await forgeInSlack();
    world.platform.break({ method, kind: 'unavailable-after', times: 1 });

    await world.types('maya', 'deploy staging');

    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    expect(world.platform.changes).toHaveLength(1);
  });

  it.each(DURING)('silence at %s is held with a question, and Resume goes on', async (method) => {
    const world = await forgeInSlack();
    world.platform.break({ method, kind: 'unavailable' });
    await world.types('maya', 'deploy staging');
    const held = await world.shows(1, 'Waiting for an answer');

    await world.clicks('jonas', 'Resume', 1);

    await world.told('jonas', '#1 goes on with v1.1.0.');
    // Not earlier: when AWS answers again, it goes on before anybody has clicked.
    world.platform.mend();
    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    expect(held.words).toMatch(/AWS does not answer/u);
    expect(held.words).toMatch(/\[ Resume \] \[ Abort \]/u);
    expect(world.screen.thread(1).join('\n')).toMatch(/@U0MAYA @U0SAM AWS does not answer/u);
  });

  it.each(DURING)('a refused %s puts the old release back and says why', async (method) => {
    const world = await forgeInSlack();
    // The first three strike before anything is put back.
    world.platform.break({ method, kind: 'refused', times: 1 });

    await world.types('maya', 'deploy staging');

    const failed = await world.shows(1, /Failed: v1\.1\.0 .* v1\.0\.0 is back/u);
    expect(failed.words).toContain(`The platform refuses ${method}`);
    expect(world.version()).toBe('v1.0.0');
    expect(failed.words).not.toContain('[ Roll back ]');
  });

  it('a question answered with Abort ends with the old release', async () => {
    const world = await forgeInSlack();
    world.platform.break({ method: 'health', kind: 'unavailable' });
    await world.types('maya', 'deploy staging');
    await world.shows(1, 'Waiting for an answer');

    await world.clicks('maya', 'Abort', 1);
    await world.shows(1, 'Aborting');
    world.platform.mend();

    await world.shows(1, 'Aborted: v1.0.0 is back');
    expect(world.version()).toBe('v1.0.0');
  });

  it('a service that fails its trial is put back, and the answer it gave is shown', async () => {
    const world = await forgeInSlack();
    world.smoke = async () => ({ kind: 'failed', reason: 'GET /health answered 503 instead of 200' });

    await world.types('maya', 'deploy staging');

    const failed = await world.shows(1, 'Failed: v1.1.0 served for ');
    expect(failed.words).toContain('GET /health answered 503 instead of 200');
    expect(world.version()).toBe('v1.0.0');
  });
});

describe('while the old release is put back', () => {
  it('silence is told and tried again until it is confirmed', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    await world.shows(1, /0 of 2/u);
    world.platform.break({ method: 'restore', kind: 'unavailable' });

    await world.clicks('maya', 'Abort', 1);
    const blocked = await world.shows(1, /Not confirmed in us-east-1/u);
    world.platform.mend();

    await world.shows(1, 'Aborted: v1.0.0 is back');
    expect(blocked.words).toContain('Forge tries again');
    expect(world.screen.thread(1).join('\n')).toMatch(
      /@U0MAYA @U0SAM v1\.0\.0 is not confirmed back in us-east-1/u,
    );
    expect(world.version()).toBe('v1.0.0');
  });
});

describe('before anything runs', () => {
  it.each([
    {
      what: 'the registry is silent',
      words: 'AWS does not answer at the moment. Nothing was done; try again',
    },
    {
      what: 'the platform is silent',
      words: 'AWS does not answer at the moment. Nothing was done; try again',
    },
    { what: 'the platform refuses', words: 'The platform refuses live. Nothing was done.' },
  ])('$what: the person is told that nothing was done', async ({ what, words }) => {
    const world = await forgeInSlack();
    if (what === 'the registry is silent') world.sourceControl.silence(true);
    if (what === 'the platform is silent') world.platform.break({ method: 'live', kind: 'unavailable' });
    if (what === 'the platform refuses') world.platform.break({ method: 'live', kind: 'refused' });

    await world.types('maya', 'deploy staging');

    await world.told('maya', words);
    expect(world.screen.deploymentMessages()).toEqual([]);
  });

  it('a platform that does not say what is live keeps a rollback from beginning, and says so', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    await world.shows(1, 'is live on');
    world.platform.break({ method: 'live', kind: 'unavailable' });

    await world.clicks('maya', 'Roll back', 1);

    await world.told('maya', 'AWS does not answer at the moment. Nothing was done');
    expect(world.version()).toBe('v1.1.0');
  });
});
