import { describe, expect, it } from 'vitest';
import { forgeInSlack } from './forge-in-slack.ts';
import { idOf } from './reading.ts';

describe('a shortcut', () => {
  it('“Deploy…” opens the form, and the answer comes as a direct message', async () => {
    const world = await forgeInSlack();

    await world.slack.shortcut({ as: idOf('maya'), callback_id: 'deploy' });
    await world.form('maya');
    await world.answers('maya', { service: 'api', environment: 'staging' });

    const answer = await world.told('maya', 'Deployment #1 of Public API to staging has begun');
    expect(answer.channel).toBe('D0MAYA');
    await world.shows(1, 'is live on');
  });

  it('“Roll back deployment” on the message of a deployment takes it back once that is confirmed', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    const { channel, ts } = await world.shows(1, 'v1.1.0 is live on');

    await world.slack.shortcut({ as: idOf('lena'), callback_id: 'rollback', channel, ts });
    const form = await world.form('lena');
    await world.answers('lena');

    expect(form.words).toMatch(/from \*v1\.1\.0\* back to \*v1\.0\.0\*/u);
    await world.shows(2, 'v1.0.0 is live');
    expect(world.version()).toBe('v1.0.0');
  });

  it('on what somebody else wrote says that it is not from Forge, to that person alone', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    await world.shows(1, 'v1.1.0 is live on');
    const { ts } = await world.slack.say({
      as: idOf('maya'),
      channel: 'deploys',
      text: 'v1.1.0 is live (#1)',
    });

    await world.slack.shortcut({ as: idOf('lena'), callback_id: 'rollback', channel: 'deploys', ts });

    await world.told('lena', 'this message is not from Forge');
    expect(world.screen.formNow('lena')).toBeUndefined();
    expect(world.version()).toBe('v1.1.0');
  });
});
