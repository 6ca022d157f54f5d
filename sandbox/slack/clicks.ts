import { type ClickRequest, ControlError, type Delivery } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import { elementsIn, type PlacedElement } from './elements.ts';
import { chosenState, type InputValues, keepsValue, stateOf } from './input-state.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { messageObject } from './message-object.ts';
import type { Message } from './messages.ts';
import { channelReference, interactivePayload } from './payloads.ts';
import { actingUser, joinedChannel } from './people.ts';
import type { Channel, User } from './seed.ts';
import { typedValues } from './typed-values.ts';
import { type View, viewObject } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Presses a button or chooses from a menu, in a message, a modal or the Home. */
export function click(request: ClickRequest, workspace: Workspace): Promise<Delivery> {
  const user = actingUser(request.as, workspace.conversations);
  if (request.view_id !== undefined) return clickInView(request, user, workspace);
  if (request.channel === undefined || request.ts === undefined) {
    throw new ControlError(400, 'Say where: give channel and ts of a message, or view_id of a view.');
  }
  const channel = joinedChannel(request.channel, user, workspace.conversations);
  return clickInMessage(request, { user, channel, ts: request.ts }, workspace);
}

async function clickInMessage(
  request: ClickRequest,
  place: { user: User; channel: Channel; ts: string },
  workspace: Workspace,
): Promise<Delivery> {
  const { user, channel, ts } = place;
  const message = workspace.messages.find(channel.id, ts);
  if (!message || (message.shownTo !== undefined && message.shownTo !== user.id)) {
    throw new ControlError(404, `There is no message ${ts} in ${channel.name} any more.`);
  }
  const placed = elementFor(request, message.blocks);
  requireConfirmation(request, placed.element);
  const picked = withChoice(message.picked?.[user.id] ?? {}, placed, request.value);
  workspace.messages.change(channel.id, ts, {
    picked: { ...message.picked, [user.id]: picked },
    warning: undefined,
  });
  const answer = await workspace.deliveries.deliver('interactive', {
    ...interactivePayload('block_actions', user),
    ...messagePlace(message, channel),
    trigger_id: workspace.triggers.issue(user.id),
    state: { values: stateOf(message.blocks, picked) },
    response_url: workspace.responseUrls.issue({
      kind: 'actions',
      user: user.id,
      channel: channel.id,
      sourceTs: ts,
    }),
    actions: [actionOf(placed, request.value, workspace)],
  });
  const delivery = deliveryOf(answer);
  if (!delivery.acked) workspace.messages.change(channel.id, ts, { warning: warningOf(delivery.error) });
  return delivery;
}

async function clickInView(request: ClickRequest, user: User, workspace: Workspace): Promise<Delivery> {
  const view = viewOf(request.view_id ?? '', user, workspace);
  const blocks = objectsIn(view.given.blocks);
  const placed = elementFor(request, blocks);
  requireConfirmation(request, placed.element);
  const typed = typedValues(blocks, request.values ?? {}, view.filled);
  const filled = withChoice(typed, placed, request.value);
  const current: View = { ...view, filled, warning: undefined };
  workspace.views.change(view.id, () => current);
  // An input tells the app of a choice only when it was asked to.
  if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return { acked: true, ms: 0 };
  const answer = await workspace.deliveries.deliver('interactive', {
    ...interactivePayload('block_actions', user),
    container: { type: 'view', view_id: view.id },
    trigger_id: workspace.triggers.issue(user.id),
    view: viewObject(current),
    actions: [actionOf(placed, request.value, workspace)],
  });
  const delivery = deliveryOf(answer);
  if (!delivery.acked) {
    workspace.views.change(view.id, (now) => ({ ...now, warning: warningOf(delivery.error) }));
  }
  return delivery;
}

/** A view the person sees. Throws ControlError 404 when it is gone. */
export function viewOf(id: string, user: User, workspace: Workspace): View {
  const view = workspace.views.find((one) => one.id === id && one.user === user.id);
  if (!view) throw new ControlError(404, `There is no view ${id} open for ${user.displayName} any more.`);
  return view;
}

function elementFor(request: ClickRequest, blocks: readonly JsonObject[]): PlacedElement {
  const named = elementsIn(blocks).filter(
    ({ actionId, blockId }) =>
      actionId === request.action_id && (request.block_id === undefined || blockId === request.block_id),
  );
  const [first] = named;
  if (!first) throw new ControlError(404, `There is no ${request.action_id} there any more. Read it again.`);
  if (named.length === 1) return first;
  const byValue = named.find(({ element }) => offers(element, request.value));
  if (byValue) return byValue;
  throw new ControlError(
    400,
    `Several elements are called ${request.action_id}. Give block_id or the value.`,
  );
}

function offers(element: JsonObject, value: unknown): boolean {
  const values = [element, ...objectsIn(element.options)].map((one) => one.value);
  return value !== undefined && values.includes(value);
}

function requireConfirmation(request: ClickRequest, element: JsonObject): void {
  if (!isObject(element.confirm) || request.confirmed === true) return;
  throw new ControlError(409, 'This asks for a confirmation first. Repeat the click with confirmed: true.', {
    confirm: element.confirm,
  });
}

function withChoice(before: InputValues, placed: PlacedElement, value: unknown): InputValues {
  const { element, blockId, actionId } = placed;
  if (!keepsValue(element) || element.type === 'overflow') return before;
  return { ...before, [blockId]: { ...before[blockId], [actionId]: chosenState(element, value) } };
}

function actionOf(placed: PlacedElement, value: unknown, workspace: Workspace): JsonObject {
  const { element, blockId, actionId } = placed;
  const common = { action_id: actionId, block_id: blockId, action_ts: workspace.identifiers.timestamp() };
  if (keepsValue(element)) return { ...common, ...chosenState(element, value) };
  const { type, text, value: own, url, style } = element;
  return {
    ...common,
    type,
    text,
    ...(own !== undefined && { value: own }),
    ...(url !== undefined && { url }),
    ...(style !== undefined && { style }),
  };
}

function messagePlace(message: Message, channel: Channel): JsonObject {
  const isEphemeral = message.shownTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    },
    channel: channelReference(channel),
    ...(!isEphemeral && { message: messageObject(message) }),
  };
}

function warningOf(error: string): string {
  return `Forge did not answer (${error}). Try again.`;
}
