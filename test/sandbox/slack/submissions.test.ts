import type { ViewSubmitAction } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { CHOSEN, named, openForm, opensForm, titles } from './forms.ts';
import { startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';

describe('a submitted modal', () => {
  it('is sent with the state of each input, and closes when it is acknowledged', async () => {
    const { slack, origin } = await startWorkspace();
    const bodies: ViewSubmitAction[] = [];
    await startApp(origin, (app) => {
      opensForm(app);
      app.view<ViewSubmitAction>('deploy', async ({ ack, body }) => {
        bodies.push(body);
        await ack();
      });
    });
    const id = await openForm(slack);

    const submitted = await slack.submit({
      as: SAM,
      view_id: id,
      values: { ...CHOSEN, when: { at: '1795000000' } },
    });

    expect(submitted).toEqual({ acked: true, ms: expect.any(Number) });
    expect(slack.views(SAM)).toEqual([]);
    expect(bodies).toMatchObject([
      {
        type: 'view_submission',
        user: { id: SAM },
        view: {
          id,
          callback_id: 'deploy',
          private_metadata: '{"from":"C0DEPLOYS"}',
          root_view_id: id,
          previous_view_id: null,
          state: {
            values: {
              environment: { choice: { type: 'static_select', selected_option: { value: 'staging' } } },
              reason: { text: { type: 'plain_text_input', value: null } },
              when: { at: { type: 'datetimepicker', selected_date_time: 1_795_000_000 } },
            },
          },
        },
      },
    ]);
  });

  it('is not sent while a required input is empty or a text too long', async () => {
    const { slack, origin } = await startWorkspace();
    let sent = 0;
    await startApp(origin, (app) => {
      opensForm(app);
      app.view('deploy', async ({ ack }) => {
        sent += 1;
        await ack();
      });
    });
    const id = await openForm(slack);

    const submitted = await slack.submit({
      as: SAM,
      view_id: id,
      values: { reason: { text: 'x'.repeat(11) } },
    });

    expect(submitted).toMatchObject({
      acked: false,
      error: 'incomplete',
      errors: {
        environment: 'Please complete this required field.',
        reason: 'Enter no more than 10 characters.',
      },
    });
    expect(slack.views(SAM)).toMatchObject([{ errors: { environment: expect.any(String) } }]);
    expect(sent).toBe(0);
    const stray = slack.submit({ as: SAM, view_id: id, values: { colour: { text: 'red' } } });
    await expect(stray).rejects.toMatchObject({ status: 400 });
  });

  it('does what the acknowledgement says: errors, update, push and clear', async () => {
    const { slack, origin } = await startWorkspace();
    const answers = [
      { response_action: 'errors', errors: { reason: 'Say why.' } },
      { response_action: 'update', view: named('Again') },
      { response_action: 'push', view: named('Above') },
      { response_action: 'clear' },
    ] as const;
    let next = 0;
    await startApp(origin, (app) => {
      opensForm(app);
      app.view('deploy', async ({ ack }) => {
        const answer = answers[next];
        next += 1;
        await ack(answer);
      });
    });
    const id = await openForm(slack);
    const submitTop = () =>
      slack.submit({ as: SAM, view_id: slack.views(SAM).at(-1)?.id ?? '', values: CHOSEN });

    expect(await submitTop()).toMatchObject({ acked: true, errors: { reason: 'Say why.' } });
    expect(slack.views(SAM)).toMatchObject([{ id, errors: { reason: 'Say why.' } }]);
    expect(await submitTop()).not.toHaveProperty('errors');
    expect(titles(slack)).toMatchObject([{ text: 'Again' }]);
    expect(slack.views(SAM)[0]).not.toHaveProperty('errors');
    await submitTop();
    expect(titles(slack)).toMatchObject([{ text: 'Again' }, { text: 'Above' }]);
    expect(slack.views(SAM)[1]?.view).toMatchObject({ root_view_id: id, previous_view_id: id });
    await submitTop();
    expect(slack.views(SAM)).toEqual([]);
  });

  it('stays, with a word about trouble, when the answer is bad or does not come', async () => {
    const { slack, origin } = await startWorkspace({ ackMs: 80 });
    let answers = true;
    await startApp(origin, (app) => {
      opensForm(app);
      app.view('deploy', async ({ ack }) => {
        if (answers) await ack({ response_action: 'errors', errors: { colour: 'There is no such block.' } });
      });
    });
    const id = await openForm(slack);

    const bad = await slack.submit({ as: SAM, view_id: id, values: CHOSEN });
    const warningAfterBad = slack.views(SAM)[0]?.warning;
    answers = false;
    const none = await slack.submit({ as: SAM, view_id: id, values: CHOSEN });

    expect(bad).toMatchObject({ acked: false, error: expect.stringContaining('colour') });
    expect(warningAfterBad).toBe('We had some trouble connecting. Try again?');
    expect(none).toEqual({ acked: false, error: 'operation_timeout' });
    expect(slack.views(SAM)).toMatchObject([{ id, warning: 'We had some trouble connecting. Try again?' }]);
  });
});
