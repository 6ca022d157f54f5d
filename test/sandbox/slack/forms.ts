import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { expect } from 'vitest';
import type { SlackServer } from '../../../sandbox/slack/slack.ts';

const SAM = 'U0SAM';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const FORM: ModalView = {
  type: 'modal',
  callback_id: 'deploy',
  private_metadata: '{"from":"C0DEPLOYS"}',
  title: plain('Deploy'),
  submit: plain('Deploy'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'environment',
      label: plain('Environment'),
      element: {
        type: 'static_select',
        action_id: 'choice',
        options: [
          { text: plain('Staging'), value: 'staging' },
          { text: plain('Production'), value: 'production' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'reason',
      optional: true,
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'text', max_length: 10 },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('When'),
      element: { type: 'datetimepicker', action_id: 'at' },
    },
  ],
};
export const named = (title: string): ModalView => ({ ...FORM, title: plain(title) });
export const CHOSEN = { environment: { choice: 'staging' } };

/** Answers the command with FORM. */
export function opensForm(app: App): void {
  app.command('/forge', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: FORM });
  });
}

/** Opens FORM for Sam by a command, as a person would; the app must answer it with `opensForm`. */
export async function openForm(slack: SlackServer): Promise<string> {
  await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy' });
  await expect.poll(() => slack.views(SAM).length).toBe(1);
  return slack.views(SAM)[0]?.id ?? '';
}

export function titles(slack: SlackServer): unknown[] {
  return slack.views(SAM).map(({ view }) => view.title);
}
