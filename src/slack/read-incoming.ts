import { z } from 'zod';
import type { Closing, Command, HomeOpened, Press, Submission } from '../ports/incoming.ts';
import { Element, fieldValue, fieldValues, ViewState } from './field-values.ts';

const User = z.object({ id: z.string(), team_id: z.string().optional() });
const View = z.object({
  id: z.string(),
  hash: z.string().default(''),
  type: z.enum(['modal', 'home']),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  state: ViewState.optional(),
});
type View = z.infer<typeof View>;

const CommandBody = z.object({
  user_id: z.string(),
  team_id: z.string().optional(),
  channel_id: z.string(),
  text: z.string().default(''),
  response_url: z.string(),
  trigger_id: z.string(),
});

const PressBody = z.object({
  user: User,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional() }).default({}),
  view: View.optional(),
  actions: z
    .tuple([Element.extend({ action_id: z.string(), block_id: z.string(), action_ts: z.string() })])
    .rest(z.unknown()),
});

const SubmissionBody = z.object({ user: User, trigger_id: z.string(), view: View });
const ClosingBody = z.object({ user: User, view: View });
const HomeBody = z.object({
  event_id: z.string(),
  team_id: z.string().optional(),
  event: z.object({ user: z.string(), tab: z.string().default('home') }),
});

type At = { receivedAt: number };

/** Each of these throws a ZodError when Slack sent something else than it documents. */
export function readCommand(body: unknown, { receivedAt }: At): Command {
  const command = CommandBody.parse(body);
  return {
    kind: 'command',
    id: `command:${command.trigger_id}`,
    userId: command.user_id,
    ...teamOf(command.team_id),
    receivedAt,
    text: command.text,
    channel: command.channel_id,
    responseUrl: command.response_url,
    triggerId: command.trigger_id,
  };
}

export function readPress(body: unknown, { receivedAt }: At): Press {
  const press = PressBody.parse(body);
  const [action] = press.actions;
  const value = fieldValue(action);
  const place = press.container.message_ts ?? press.view?.id ?? '';
  return {
    kind: 'press',
    id: `press:${place}:${action.action_ts}:${press.user.id}:${action.action_id}`,
    userId: press.user.id,
    ...teamOf(press.user.team_id),
    receivedAt,
    actionId: action.action_id,
    blockId: action.block_id,
    ...(value !== undefined && { value }),
    ...messageOfPress(press),
    ...(press.view !== undefined && { view: viewOf(press.view) }),
    ...(press.channel && { channel: press.channel.id }),
    ...(press.response_url !== undefined && { responseUrl: press.response_url }),
    triggerId: press.trigger_id,
  };
}

export function readSubmission(body: unknown, { receivedAt }: At): Submission {
  const { user, trigger_id, view } = SubmissionBody.parse(body);
  return {
    kind: 'submission',
    id: `submission:${view.id}:${trigger_id}`,
    userId: user.id,
    ...teamOf(user.team_id),
    receivedAt,
    callbackId: view.callback_id,
    viewId: view.id,
    privateMetadata: view.private_metadata,
    values: fieldValues(view.state),
    triggerId: trigger_id,
  };
}

export function readClosing(body: unknown, { receivedAt }: At): Closing {
  const { user, view } = ClosingBody.parse(body);
  return {
    kind: 'closing',
    // A view closes once.
    id: `closing:${view.id}`,
    userId: user.id,
    ...teamOf(user.team_id),
    receivedAt,
    callbackId: view.callback_id,
    viewId: view.id,
    privateMetadata: view.private_metadata,
  };
}

/** Undefined when the person opened another tab than the App Home. */
export function readHomeOpened(body: unknown, { receivedAt }: At): HomeOpened | undefined {
  const { event_id, team_id, event } = HomeBody.parse(body);
  if (event.tab !== 'home') return undefined;
  return {
    kind: 'home-opened',
    id: `home:${event_id}`,
    userId: event.user,
    ...teamOf(team_id),
    receivedAt,
  };
}

function teamOf(team: string | undefined): { userTeam?: string } {
  return team === undefined ? {} : { userTeam: team };
}

function messageOfPress({ channel, container }: z.infer<typeof PressBody>): Pick<Press, 'message'> {
  if (!channel || container.message_ts === undefined) return {};
  const thread = container.thread_ts === undefined ? {} : { threadTs: container.thread_ts };
  return { message: { channel: channel.id, ts: container.message_ts, ...thread } };
}

function viewOf(view: View): NonNullable<Press['view']> {
  return {
    id: view.id,
    hash: view.hash,
    type: view.type,
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    values: fieldValues(view.state),
  };
}
