import type { App, ViewSubmitAction } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { CHOSEN, named, openForm, opensForm, titles } from './forms.ts';
import { startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';
const TROUBLE = 'We had some trouble connecting. Try again?';
const untitled = { ...named('x'), title: { type: 'plain_text', text: 'x'.repeat(25) } };

/** An app that acknowledges a form with anything at all. */
function answersForm(app: App, answer: object): void {
  opensForm(app);
  app.view('deploy', ({ ack }) => ack(JSON.parse(JSON.stringify(answer))));
}

describe('an acknowledgement of a form that Slack cannot use', () => {
  it.each([
    ['errors of a block that is no input', { response_action: 'errors', errors: { nothing: 'No.' } }],
    ['errors without any', { response_action: 'errors', errors: {} }],
    ['errors that are no text', { response_action: 'errors', errors: { environment: 7 } }],
    ['an update with a view that breaks a limit', { response_action: 'update', view: untitled }],
    ['an update without a view', { response_action: 'update' }],
    ['a push of a Home', { response_action: 'push', view: { type: 'home', blocks: [] } }],
    ['an action there is not', { response_action: 'explode' }],
  ])('leaves it open with a word about trouble: %s', async (_what, answer) => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => answersForm(app, answer));
    const view_id = await openForm(slack);

    const submitted = await slack.submit({ as: SAM, view_id, values: CHOSEN });

    expect(submitted).toMatchObject({ acked: false });
    expect(slack.views(SAM)).toMatchObject([{ id: view_id, warning: TROUBLE }]);
    expect(titles(slack)).toMatchObject([{ text: 'Deploy' }]);
  });

  it('may be a push onto a stack of three', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => answersForm(app, { response_action: 'push', view: named('Above') }));
    await openForm(slack);
    const submitTop = () =>
      slack.submit({ as: SAM, view_id: slack.views(SAM).at(-1)?.id ?? '', values: CHOSEN });

    await submitTop();
    await submitTop();
    const third = await submitTop();

    expect(third).toMatchObject({ acked: false, error: expect.stringContaining('push_limit_reached') });
    expect(slack.views(SAM)).toHaveLength(3);
  });
});

describe('an acknowledgement of a command that Slack cannot use', () => {
  it('is told to the person as an invalid response', async () => {
    const { slack, origin } = await startWorkspace();
    await startApp(origin, (app) => {
      app.command('/forge', ({ ack }) => ack(JSON.parse('{"blocks":[{"type":"header"}]}')));
    });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge help' });

    expect(delivery).toEqual({ acked: false, error: 'invalid_blocks' });
    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: '/forge failed with the error "invalid_command_response"', ephemeral: true },
    ]);
  });
});

describe('a form with a menu that gives an address to answer at', () => {
  it('brings the address of the channel that was chosen', async () => {
    const { slack, origin } = await startWorkspace();
    const bodies: unknown[] = [];
    const menu = { type: 'conversations_select', action_id: 'where', response_url_enabled: true };
    const label = { type: 'plain_text', text: 'Where' };
    const view = { ...named('Where'), blocks: [{ type: 'input', block_id: 'place', label, element: menu }] };
    await startApp(origin, (app) => {
      app.command('/forge', async ({ ack, client, command }) => {
        await ack();
        await client.apiCall('views.open', { trigger_id: command.trigger_id, view });
      });
      app.view<ViewSubmitAction>('deploy', async ({ ack, body }) => {
        bodies.push(body.response_urls);
        await ack();
      });
    });
    const view_id = await openForm(slack);

    await slack.submit({ as: SAM, view_id, values: { place: { where: 'C0PRODUCTION' } } });

    expect(bodies).toMatchObject([
      [{ block_id: 'place', channel_id: 'C0PRODUCTION', response_url: expect.stringContaining('/actions/') }],
    ]);
  });
});
