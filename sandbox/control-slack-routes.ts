import { Nothing } from './control-requests.ts';
import { get, post, type Route } from './control-route.ts';
import {
  ActOnConnections,
  ChangeChannel,
  ChangeSettings,
  Say,
  SetRequestUrl,
  Suggest,
  UseShortcut,
} from './control-slack-requests.ts';
import { given } from './given.ts';
import { channelId, knownUser } from './known.ts';
import type { SlackServer } from './slack/slack.ts';

/** The switches of the workspace, and what people do in it now and then. */
export function slackRoutes(slack: SlackServer): Route[] {
  const state = () => ({
    settings: slack.settings(),
    connections: slack.connectionCount(),
    rateLimits: slack.rateLimitUsage(),
  });
  return [
    get('/sandbox/slack', async (read) => {
      read(Nothing);
      return state();
    }),
    post('/sandbox/slack', async (read) => {
      slack.configure(given(read(ChangeSettings)));
      return state();
    }),
    post('/sandbox/connections', async (read) => {
      slack.connections(read(ActOnConnections).action);
      return { connections: slack.connectionCount() };
    }),
    post('/sandbox/channel', async (read) => {
      const { channel, archived, has_app } = read(ChangeChannel);
      slack.changeChannel(channel, given({ archived, hasApp: has_app }));
      return { channel, archived, has_app };
    }),
    post('/sandbox/request-url', async (read) => {
      const { url } = read(SetRequestUrl);
      await slack.useRequestUrl(url ?? undefined);
      return { url };
    }),
    ...peopleRoutes(slack),
  ];
}

function peopleRoutes(slack: SlackServer): Route[] {
  const placed = <Fields extends { channel?: string | undefined }>({ channel, ...rest }: Fields) => ({
    ...rest,
    channel: channel === undefined ? undefined : channelId(slack, channel),
  });
  return [
    post('/sandbox/shortcut', async (read) => {
      const { as, callback_id, ...place } = read(UseShortcut);
      return slack.shortcut({ as: knownUser(slack, as), callback_id, ...given(placed(place)) });
    }),
    post('/sandbox/suggest', async (read) => {
      const { as, action_id, value, ...place } = read(Suggest);
      return slack.suggest({ as: knownUser(slack, as), action_id, value, ...given(placed(place)) });
    }),
    post('/sandbox/message', async (read) => {
      const { as, channel, text, thread_ts } = read(Say);
      return slack.say({
        as: knownUser(slack, as),
        channel: channelId(slack, channel),
        text,
        ...given({ thread_ts }),
      });
    }),
  ];
}
