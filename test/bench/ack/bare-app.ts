import { App } from '@slack/bolt';
import { z } from 'zod';
import { APP_TOKEN, BOT_TOKEN } from '../../../sandbox/slack/seed.ts';

/** What Forge is measured against: an app of a few lines that acknowledges at once and does nothing. */
const slackApiUrl = z.url().parse(process.env.SLACK_API_URL);
const app = new App({
  token: BOT_TOKEN,
  appToken: APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl },
});
app.command(/.*/, ({ ack }) => ack());
await app.start();
