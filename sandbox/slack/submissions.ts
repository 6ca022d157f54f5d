import { ControlError, type Delivery } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import { elementsIn } from './elements.ts';
import { stateOf, valueIn } from './input-state.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { interactivePayload } from './payloads.ts';
import { actingUser } from './people.ts';
import type { User } from './seed.ts';
import { SlackError } from './slack-error.ts';
import { type GivenValues, incompleteInputs, typedValues } from './typed-values.ts';
import { checkedView } from './view-methods.ts';
import { viewOf } from './view-of.ts';
import { type View, viewObject } from './views.ts';
import type { Workspace } from './workspace.ts';

export type SubmitRequest = { readonly as: string; readonly view_id: string; readonly values: GivenValues };
export type Submitted = Delivery & { errors?: Record<string, string> };

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Sends the modal on top, once Slack's own client finds it complete. */
export async function submit(request: SubmitRequest, workspace: Workspace): Promise<Submitted> {
  const user = actingUser(request.as, workspace.conversations);
  const view = topView(request.view_id, user, workspace);
  const blocks = objectsIn(view.given.blocks);
  const filled = typedValues(blocks, request.values, view.filled);
  const errors = incompleteInputs(blocks, stateOf(blocks, filled));
  const isComplete = Object.keys(errors).length === 0;
  const current: View = { ...view, filled, warning: undefined, errors: isComplete ? undefined : errors };
  workspace.views.change(view.id, () => current);
  if (!isComplete) return { acked: false, error: 'incomplete', errors };
  const answer = await workspace.deliveries.deliver('interactive', {
    ...interactivePayload('view_submission', user),
    trigger_id: workspace.triggers.issue(user.id),
    view: viewObject(current),
    response_urls: responseUrlsOf(blocks, current, workspace),
  });
  if (answer.kind !== 'acked') {
    warn(view.id, workspace);
    return deliveryOf(answer);
  }
  return afterSubmission(answer, current, workspace);
}

/** Closes the modal on top, and tells the app if it asked to be told. */
export async function close(
  request: { readonly as: string; readonly view_id: string },
  workspace: Workspace,
): Promise<Delivery> {
  const user = actingUser(request.as, workspace.conversations);
  const view = topView(request.view_id, user, workspace);
  const clears = view.given.clear_on_close === true;
  const closed = clears ? workspace.views.stack(user.id).toReversed() : [view];
  if (clears) workspace.views.clear(user.id);
  else workspace.views.close(user.id, view.id);
  let delivery: Delivery = { acked: true, ms: 0 };
  for (const one of closed.filter(({ given }) => given.notify_on_close === true)) {
    const payload = { ...interactivePayload('view_closed', user), view: viewObject(one), is_cleared: clears };
    delivery = deliveryOf(await workspace.deliveries.deliver('interactive', payload));
  }
  return delivery;
}

function topView(id: string, user: User, workspace: Workspace): View {
  const view = viewOf(id, user, workspace);
  const top = workspace.views.stack(user.id).at(-1);
  if (view.type === 'home') throw new ControlError(400, 'The Home can neither be sent nor closed.');
  if (top?.id !== id) throw new ControlError(409, `Another view is on top of ${id}. Close it first.`);
  return view;
}

/** A menu of channels may ask for an address at which the app can answer into the channel that was chosen. */
function responseUrlsOf(blocks: readonly JsonObject[], view: View, workspace: Workspace): JsonObject[] {
  const values = stateOf(blocks, view.filled);
  return elementsIn(blocks)
    .filter(({ element }) => element.response_url_enabled === true)
    .flatMap(({ blockId, actionId }) => {
      const channel = valueIn(values[blockId]?.[actionId] ?? {});
      if (typeof channel !== 'string') return [];
      const url = workspace.responseUrls.issue({ kind: 'actions', user: view.user, channel });
      return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
    });
}

function afterSubmission(
  answer: { readonly payload: JsonObject; readonly ms: number },
  view: View,
  workspace: Workspace,
): Submitted {
  const delivery: Delivery = { acked: true, ms: answer.ms };
  try {
    const errors = applyAnswer(answer.payload, view, workspace);
    return errors ? { ...delivery, errors } : delivery;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    // The client only says that it had trouble; what was wrong is for whoever builds the app.
    warn(view.id, workspace);
    return { acked: false, error: `${error.code} ${JSON.stringify(error.fields)}` };
  }
}

/** Does what the acknowledgement asks for; returns the errors it shows. Throws SlackError for a bad answer. */
function applyAnswer(
  payload: JsonObject,
  view: View,
  workspace: Workspace,
): Record<string, string> | undefined {
  const { views } = workspace;
  switch (payload.response_action) {
    case undefined:
      views.close(view.user, view.id);
      return undefined;
    case 'clear':
      views.clear(view.user);
      return undefined;
    case 'update':
      views.update(view, checkedView(payload.view, 'modal', { workspace, replaces: view }));
      return undefined;
    case 'push':
      views.push(view.user, checkedView(payload.view, 'modal', { workspace }));
      return undefined;
    case 'errors':
      return showErrors(payload.errors, view, workspace);
    default:
      throw new SlackError('invalid_response_action');
  }
}

function showErrors(given: unknown, view: View, workspace: Workspace): Record<string, string> {
  const inputs = objectsIn(view.given.blocks)
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id);
  const entries = isObject(given) ? Object.entries(given) : [];
  const unknown = entries.filter(([blockId, text]) => !inputs.includes(blockId) || typeof text !== 'string');
  if (entries.length === 0 || unknown.length > 0) throw new SlackError('invalid_errors', { errors: given });
  const errors = Object.fromEntries(entries.map(([blockId, text]) => [blockId, String(text)]));
  workspace.views.change(view.id, (now) => ({ ...now, errors }));
  return errors;
}

function warn(viewId: string, workspace: Workspace): void {
  workspace.views.change(viewId, (view) => ({ ...view, warning: TROUBLE }));
}
