import type { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { CHOSEN, FORM, named, openForm, opensForm } from './forms.ts';
import { refusalOf, startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';

describe('a modal', () => {
  it('tells the app when it is closed, if it asked', async () => {
    const { slack, origin } = await startWorkspace();
    const closed: unknown[] = [];
    await startApp(origin, (app) => {
      opensForm(app);
      app.view({ callback_id: 'deploy', type: 'view_closed' }, async ({ ack, body }) => {
        closed.push(body);
        await ack();
      });
    });
    const id = await openForm(slack);

    await slack.close({ as: SAM, view_id: id });

    expect(slack.views(SAM)).toEqual([]);
    expect(closed).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { id } }]);
    await expect(slack.close({ as: SAM, view_id: id })).rejects.toMatchObject({ status: 404 });
  });

  it('keeps what was filled in when the app updates it in between', async () => {
    const { slack, origin, client } = await startWorkspace();
    await startApp(origin, opensForm);
    const id = await openForm(slack);
    const hash = slack.views(SAM)[0]?.hash ?? '';

    await slack.click({ as: SAM, view_id: id, action_id: 'choice', value: 'production' });
    await client.views.update({ view_id: id, hash, view: named('Updated') });
    const stale = client.views.update({ view_id: id, hash, view: FORM });

    expect(await refusalOf(stale)).toMatchObject({ error: 'hash_conflict' });
    expect(slack.views(SAM)[0]?.view).toMatchObject({
      title: { text: 'Updated' },
      state: { values: { environment: { choice: { selected_option: { value: 'production' } } } } },
    });
  });

  it('tells the app at once of a choice it asked to hear of, with everything typed so far', async () => {
    const { slack, origin } = await startWorkspace();
    const heard: unknown[] = [];
    const environment = { ...FORM.blocks[0], dispatch_action: true };
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, client, command }) => {
        await ack();
        const view = { ...FORM, blocks: [environment, ...FORM.blocks.slice(1)] };
        await client.apiCall('views.open', { trigger_id: command.trigger_id, view });
      });
      app.action('choice', async ({ ack, body }) => {
        heard.push(body);
        await ack();
      });
    });
    const id = await openForm(slack);

    await slack.click({
      as: SAM,
      view_id: id,
      action_id: 'choice',
      value: 'production',
      values: { reason: { text: 'urgent' } },
    });

    expect(heard).toMatchObject([
      {
        actions: [{ type: 'static_select', selected_option: { value: 'production' } }],
        view: {
          state: {
            values: {
              environment: { choice: { selected_option: { value: 'production' } } },
              reason: { text: { value: 'urgent' } },
            },
          },
        },
      },
    ]);
  });

  it('takes the whole stack with it when it clears on close, and tells of each', async () => {
    const { slack, origin } = await startWorkspace();
    const closed: unknown[] = [];
    await startApp(origin, (app) => {
      opensForm(app);
      app.view('deploy', ({ ack }) =>
        ack({ response_action: 'push', view: { ...named('Above'), clear_on_close: true } }),
      );
      app.view({ callback_id: 'deploy', type: 'view_closed' }, async ({ ack, body }) => {
        closed.push(body);
        await ack();
      });
    });
    const id = await openForm(slack);
    await slack.submit({ as: SAM, view_id: id, values: CHOSEN });

    await slack.close({ as: SAM, view_id: slack.views(SAM).at(-1)?.id ?? '' });

    expect(slack.views(SAM)).toEqual([]);
    expect(closed).toMatchObject([
      { is_cleared: true, view: { previous_view_id: id } },
      { is_cleared: true, view: { id } },
    ]);
  });
});

describe('a trigger', () => {
  it('opens one view within three seconds', async () => {
    let now = Date.now();
    const { slack, origin, client } = await startWorkspace({ clock: { now: () => now } });
    const triggers: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack();
      });
    });
    const trigger = async () => {
      await slack.command({ as: SAM, channel: 'deploys', text: '/forge' });
      return triggers.at(-1) ?? '';
    };
    const open = (trigger_id: string) => client.views.open({ trigger_id, view: FORM });

    const fresh = await trigger();
    await open(fresh);
    const late = await trigger();
    now += 3001;

    expect(await refusalOf(open(fresh))).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(await refusalOf(open(late))).toMatchObject({ error: 'expired_trigger_id' });
    expect(await refusalOf(open('made-up'))).toMatchObject({ error: 'invalid_trigger_id' });
  });

  it('pushes at most two views onto the first', async () => {
    const { slack, origin, client } = await startWorkspace();
    const triggers: string[] = [];
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack();
      });
    });
    const trigger = async () => {
      await slack.command({ as: SAM, channel: 'deploys', text: '/forge' });
      return triggers.at(-1) ?? '';
    };
    const push = async (own: WebClient) => own.views.push({ trigger_id: await trigger(), view: FORM });
    await client.views.open({ trigger_id: await trigger(), view: FORM });

    await push(client);
    await push(client);

    expect(await refusalOf(push(client))).toMatchObject({ error: 'push_limit_reached' });
    const bottom = slack.views(SAM)[0]?.id ?? '';
    await expect(slack.close({ as: SAM, view_id: bottom })).rejects.toMatchObject({ status: 409 });
  });
});
