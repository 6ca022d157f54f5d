import { awsRoutes } from './control-aws-routes.ts';
import { githubRoutes } from './control-github-routes.ts';
import {
  AddFault,
  Click,
  Close,
  EndFault,
  Load,
  Nothing,
  ReadMessages,
  ReadRequests,
  SetFaults,
  Submit,
  TypeCommand,
  Viewer,
} from './control-requests.ts';
import { get, post, type Route } from './control-route.ts';
import { slackRoutes } from './control-slack-routes.ts';
import type { Faults } from './faults.ts';
import type { ForgeState } from './forge-process.ts';
import type { GithubServer } from './github/github.ts';
import { channelId, knownUser } from './known.ts';
import { type AwsPart, ControlError } from './parts.ts';
import type { RequestLog } from './request-log.ts';
import { USER_GROUPS } from './slack/seed.ts';
import type { SlackServer } from './slack/slack.ts';
import type { Shortcut } from './slack-app.ts';

export type World = {
  slack: SlackServer;
  aws: AwsPart;
  /** Absent where git is not installed. */
  github?: GithubServer | undefined;
  faults: Faults;
  requests: RequestLog;
  forge(): ForgeState;
  /** Those the app's manifest lists. */
  shortcuts: readonly Shortcut[];
};

export function controlRoutes(world: World): Route[] {
  return [
    ...readingRoutes(world),
    ...actingRoutes(world),
    ...meddlingRoutes(world),
    ...slackRoutes(world.slack),
    ...awsRoutes(world.aws),
    ...githubRoutes(world.github),
  ];
}

/** What a person in the workspace sees. */
function readingRoutes({ slack, aws, faults, requests, forge, shortcuts }: World): Route[] {
  return [
    get('/sandbox/state', async (read) => {
      read(Nothing);
      return {
        users: slack.users(),
        groups: USER_GROUPS.map(({ id, handle, name }) => ({ id, handle, name })),
        channels: slack.channels(),
        services: await aws.services(),
        forge: forge(),
        faults: faults.list(),
        switches: { slack: slack.settings(), aws: aws.settings() },
        shortcuts,
      };
    }),
    get('/sandbox/channels/:name/messages', async (read) => {
      const { name, as } = read(ReadMessages);
      return slack.messages(channelId(slack, name), knownUser(slack, as));
    }),
    get('/sandbox/views', async (read) => slack.views(knownUser(slack, read(Viewer).as))),
    get('/sandbox/home', async (read) => slack.home(knownUser(slack, read(Viewer).as)) ?? null),
    get('/sandbox/requests', async (read) => requests.list(read(ReadRequests))),
  ];
}

/** What a person in the workspace does. */
function actingRoutes({ slack }: World): Route[] {
  return [
    post('/sandbox/command', async (read) => {
      const { as, channel, text } = read(TypeCommand);
      return slack.command({ as: knownUser(slack, as), channel: channelId(slack, channel), text });
    }),
    post('/sandbox/click', async (read) => {
      const { as, channel, ts, view_id, action_id, block_id, value, confirmed, values } = read(Click);
      const isInMessage = channel !== undefined && ts !== undefined;
      if (!isInMessage && view_id === undefined) {
        throw new ControlError(400, 'Say where the button is: channel and ts, or view_id.');
      }
      return slack.click({
        as: knownUser(slack, as),
        action_id,
        ...(channel === undefined ? {} : { channel: channelId(slack, channel) }),
        ...(ts === undefined ? {} : { ts }),
        ...(view_id === undefined ? {} : { view_id }),
        ...(block_id === undefined ? {} : { block_id }),
        ...(value === undefined ? {} : { value }),
        ...(confirmed === undefined ? {} : { confirmed }),
        ...(values === undefined ? {} : { values }),
      });
    }),
    post('/sandbox/submit', async (read) => {
      const { as, view_id, values } = read(Submit);
      return slack.submit({ as: knownUser(slack, as), view_id, values });
    }),
    post('/sandbox/close', async (read) => {
      const { as, view_id } = read(Close);
      return slack.close({ as: knownUser(slack, as), view_id });
    }),
    post('/sandbox/home', async (read) => slack.openHome(knownUser(slack, read(Viewer).as))),
  ];
}

/** What only a sandbox allows. */
function meddlingRoutes({ aws, faults }: World): Route[] {
  return [
    post('/sandbox/load', async (read) => {
      const load = read(Load);
      await aws.load(load);
      return load;
    }),
    post('/sandbox/faults', async (read) => {
      faults.set(read(SetFaults));
      return { faults: faults.list() };
    }),
    post('/sandbox/faults/add', async (read) => {
      faults.add(read(AddFault));
      return { faults: faults.list() };
    }),
    post('/sandbox/faults/end', async (read) => {
      const { id } = read(EndFault);
      if (!faults.end(id)) throw new ControlError(404, `id: there is no fault ${id} (any more).`);
      return { faults: faults.list() };
    }),
  ];
}
