import { type ClickRequest, ControlError, type Delivery } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import type { PlacedElement } from './elements.ts';
import { findElement } from './find-element.ts';
import { chosenState, type InputValues, keepsValue, stateOf } from './input-state.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { messagePlace, shownMessage } from './message-place.ts';
import { interactivePayload } from './payloads.ts';
import { actingUser, joinedChannel } from './people.ts';
import type { Channel, User } from './seed.ts';
import { typedValues } from './typed-values.ts';
import { viewOf } from './view-of.ts';
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
  const message = shownMessage(place, workspace);
  const placed = findElement(request, message.blocks);
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
  const placed = findElement(request, blocks);
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

function warningOf(error: string): string {
  return `Forge did not answer (${error}). Try again.`;
}
