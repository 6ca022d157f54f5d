import type { ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { PATIENT, startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const MENU: ModalView = {
  type: 'modal',
  callback_id: 'menu',
  title: plain('Deploy'),
  submit: plain('Deploy'),
  blocks: [
    {
      type: 'input',
      block_id: 'version',
      label: plain('Version'),
      element: { type: 'external_select', action_id: 'choice', min_query_length: 2 },
    },
  ],
};

/** An app that opens MENU at a command and answers its queries with `answer`. */
async function withMenu(answer: (typed: string) => object) {
  const { slack, origin } = await startWorkspace();
  const chosen: unknown[] = [];
  await startApp(origin, (app) => {
    app.command('/forge', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: MENU });
    });
    app.options('choice', async ({ ack, payload }) => {
      await ack(JSON.parse(JSON.stringify(answer(payload.value))));
    });
    app.view<ViewSubmitAction>('menu', async ({ ack, view }) => {
      chosen.push(view.state.values.version?.choice?.selected_option);
      await ack();
    });
  });
  await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy' });
  await expect.poll(() => slack.views(SAM).length, PATIENT).toBe(1);
  const view_id = slack.views(SAM)[0]?.id ?? '';
  const typing = (value: string) => slack.suggest({ as: SAM, view_id, action_id: 'choice', value });
  return { slack, chosen, view_id, typing };
}

describe('a menu whose options come from the app', () => {
  it('offers what the app answers to the words typed, and the choice is sent with the form', async () => {
    const { slack, chosen, view_id, typing } = await withMenu((typed) => ({
      options: [option(`${typed}.1.0`)],
    }));

    const offered = await typing('v1');
    const choice = { version: { choice: option('v1.1.0') } };
    const submitted = await slack.submit({ as: SAM, view_id, values: choice });

    expect(offered).toMatchObject({ acked: true, options: [option('v1.1.0')] });
    expect(submitted).toMatchObject({ acked: true });
    expect(chosen).toMatchObject([{ value: 'v1.1.0' }]);
  });

  it('may offer groups', async () => {
    const groups = [{ label: plain('Newest'), options: [option('v1.1.0')] }];
    const { typing } = await withMenu(() => ({ option_groups: groups }));

    expect(await typing('v1')).toMatchObject({ acked: true, option_groups: groups });
  });

  it('stays empty when the app answers with what Slack cannot show', async () => {
    const { typing } = await withMenu(() => ({ options: [{ text: plain('x'.repeat(76)), value: 'x' }] }));

    expect(await typing('v1')).toEqual({
      acked: false,
      error: 'invalid_suggestions must be less than 76 characters [json-pointer:/options/0/text/text]',
    });
  });

  it('asks the app only once enough was typed, and only a choice given whole can be sent', async () => {
    const { slack, view_id, typing } = await withMenu(() => ({ options: [] }));

    await expect(typing('v')).rejects.toMatchObject({ status: 400 });
    const values = { version: { choice: 'v1.1.0' } };
    await expect(slack.submit({ as: SAM, view_id, values })).rejects.toMatchObject({ status: 400 });
  });
});
