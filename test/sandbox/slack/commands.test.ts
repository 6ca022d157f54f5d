import { describe, expect, it } from 'vitest';
import { startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';

describe('a slash command', () => {
  it('is acknowledged and answered privately by a real Bolt app', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, respond, command }) => {
        await ack();
        await respond(`Heard ${command.text} from ${command.user_id} in ${command.channel_name}`);
      });
    });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy staging' });
    await expect.poll(() => slack.messages('deploys', SAM)).toHaveLength(1);

    expect(delivery).toEqual({ acked: true, ms: expect.any(Number) });
    expect(slack.messages('C0DEPLOYS', SAM)).toMatchObject([
      { user: 'U0FORGE', text: 'Heard deploy staging from U0SAM in deploys', ephemeral: true },
    ]);
    expect(slack.messages('deploys', 'U0MAYA')).toEqual([]);
  });

  it('shows the reply that came with the acknowledgement to everybody when it says so', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.command('/forge', ({ ack }) => ack({ text: 'Locked.', response_type: 'in_channel' }));
    });

    await slack.command({ as: SAM, channel: 'general', text: '/forge lock production' });

    expect(slack.messages('general', 'U0MAYA')).toMatchObject([{ text: 'Locked.', ephemeral: false }]);
  });

  it('turns known names into mentions and leaves the others alone', async () => {
    const { slack, origin } = await startWorkspace();
    const texts: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        texts.push(command.text);
        await ack();
      });
    });

    await slack.command({
      as: SAM,
      channel: 'deploys',
      text: '/forge ask @lena @nobody in #production #42 for @release-managers because a@maya.example',
    });

    expect(texts).toEqual([
      'ask <@U0LENA|lena> @nobody in <#C0PRODUCTION|production> #42 for <!subteam^S0RELEASE|@release-managers> because a@maya.example',
    ]);
  });

  it('tells the person when the app does not acknowledge in time', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 80 });
    await startApp(origin, (app) => {
      app.command('/forge', async () => undefined);
    });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(delivery).toEqual({ acked: false, error: 'operation_timeout' });
    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: '/forge failed with the error "operation_timeout"', ephemeral: true },
    ]);
  });

  it('tells the person when no app is connected', async () => {
    const { slack } = await startWorkspace();

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(delivery).toEqual({ acked: false, error: 'dispatch_failed' });
    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: '/forge failed with the error "dispatch_failed"' },
    ]);
  });

  it('can be typed by a guest, but not by a deactivated person or into an unknown channel', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.command('/forge', ({ ack }) => ack());
    });
    const typed = (as: string, channel: string, text = '/forge help') => slack.command({ as, channel, text });

    expect(await typed('U0GUEST', 'deploys')).toMatchObject({ acked: true });
    await expect(typed('U0DORA', 'deploys')).rejects.toMatchObject({ status: 403 });
    await expect(typed('U0SAM', 'nowhere')).rejects.toMatchObject({ status: 404 });
    await expect(typed('U0SAM', 'D0MAYA')).rejects.toMatchObject({ status: 403 });
    await expect(typed('U0SAM', 'deploys', 'hello')).rejects.toMatchObject({ status: 400 });
  });

  it('is delivered again, as the same envelope, when its acknowledgement was lost', async () => {
    const { slack, origin, setFaults } = await startWorkspace();
    const triggers: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack();
      });
    });
    setFaults({ operation: 'deliver:slash_commands', kind: 'cut-after' });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(delivery).toMatchObject({ acked: true });
    expect(triggers).toHaveLength(2);
    expect(new Set(triggers).size).toBe(1);
  });

  it('never reaches the app when its delivery fails', async () => {
    const { slack, origin, setFaults } = await startWorkspace();
    let heard = 0;
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack }) => {
        heard += 1;
        await ack();
      });
    });
    setFaults({ operation: 'deliver:slash_commands', kind: 'error' });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(delivery).toEqual({ acked: false, error: 'dispatch_failed' });
    expect(heard).toBe(0);
  });
});
