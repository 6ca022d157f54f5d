/** A small Bolt app in the place of Forge, so that the sandbox can be tested by itself: it answers what it is told. */
import { App, LogLevel } from '@slack/bolt';

const app = new App({
  token: process.env.SLACK_BOT_TOKEN ?? '',
  appToken: process.env.SLACK_APP_TOKEN ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
  logLevel: LogLevel.ERROR,
});

app.command('/forge', async ({ command, ack, respond, client }) => {
  await ack();
  switch (command.text) {
    case 'post':
      await client.chat.postMessage({
        channel: command.channel_id,
        text: 'Deployment',
        blocks: deployment(),
      });
      return;
    case 'ask':
      await client.views.open({ trigger_id: command.trigger_id, view: question() });
      return;
    case 'die':
      process.exit(3);
      return;
    default:
      await respond(`heard ${command.text}`);
  }
});

app.action('undo', async ({ ack, respond, action }) => {
  await ack();
  const value = action.type === 'button' ? action.value : undefined;
  await respond({ text: `undone ${value}`, replace_original: false });
});

app.view('question', async ({ ack, view }) => {
  const answer = view.state.values.answer?.text?.value ?? '';
  if (answer === 'wrong') await ack({ response_action: 'errors', errors: { answer: 'That is wrong.' } });
  else await ack();
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({
    user_id: event.user,
    view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'At home.' } }] },
  });
});

await app.start();
console.log('{"message":"forge is ready"}');

process.on('SIGTERM', () => process.exit(0));

function deployment() {
  return [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'v1.1.0 to *staging*' } },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          action_id: 'undo',
          value: '7',
          text: { type: 'plain_text' as const, text: 'Roll back' },
          confirm: {
            title: { type: 'plain_text' as const, text: 'Roll back?' },
            text: { type: 'plain_text' as const, text: 'To v1.0.0.' },
            confirm: { type: 'plain_text' as const, text: 'Roll back' },
            deny: { type: 'plain_text' as const, text: 'Keep' },
          },
        },
      ],
    },
  ];
}

function question() {
  return {
    type: 'modal' as const,
    callback_id: 'question',
    title: { type: 'plain_text' as const, text: 'A question' },
    submit: { type: 'plain_text' as const, text: 'Answer' },
    blocks: [
      {
        type: 'input' as const,
        block_id: 'answer',
        label: { type: 'plain_text' as const, text: 'Which?' },
        element: { type: 'plain_text_input' as const, action_id: 'text' },
      },
    ],
  };
}
