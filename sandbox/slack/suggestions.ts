import { ControlError } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import { findElement } from './find-element.ts';
import { type JsonObject, objectsIn } from './json.ts';
import { LIMITS } from './limits.ts';
import { messagePlace, shownMessage } from './message-place.ts';
import { interactivePayload } from './payloads.ts';
import { actingUser, joinedChannel } from './people.ts';
import type { User } from './seed.ts';
import { list, type Shape } from './shape.ts';
import { optionGroup, plainOption } from './text-shapes.ts';
import { viewOf } from './view-of.ts';
import { viewObject } from './views.ts';
import type { Workspace } from './workspace.ts';

export type SuggestRequest = {
  readonly as: string;
  readonly channel?: string;
  readonly ts?: string;
  readonly view_id?: string;
  readonly action_id: string;
  readonly block_id?: string;
  /** What the person has typed so far. */
  readonly value: string;
};
export type Suggested =
  | { acked: true; ms: number; options?: JsonObject[]; option_groups?: JsonObject[] }
  | { acked: false; error: string };

/** What a menu asks before it asks the app, unless the element says otherwise. */
const LEAST_TYPED = 3;

/** Types into a menu whose options come from the app, and resolves with what it would offer. */
export async function suggest(request: SuggestRequest, workspace: Workspace): Promise<Suggested> {
  const user = actingUser(request.as, workspace.conversations);
  const { blocks, place } = placeOf(request, user, workspace);
  const { value: _typed, ...named } = request;
  const { element, blockId, actionId } = findElement(named, blocks);
  if (element.type !== 'external_select' && element.type !== 'multi_external_select') {
    throw new ControlError(
      400,
      `${actionId} is a ${String(element.type)}: its options do not come from the app.`,
    );
  }
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : LEAST_TYPED;
  if (request.value.length < least) {
    throw new ControlError(400, `Slack asks the app from ${least} characters on. Type more.`);
  }
  const { response_url: _none, ...payload } = interactivePayload('block_suggestion', user);
  const answer = await workspace.deliveries.deliver('interactive', {
    ...payload,
    ...place,
    action_id: actionId,
    block_id: blockId,
    value: request.value,
  });
  if (answer.kind === 'acked') return offered(answer);
  const delivery = deliveryOf(answer);
  return delivery.acked ? offered({ payload: {}, ms: delivery.ms }) : delivery;
}

function placeOf(request: SuggestRequest, user: User, workspace: Workspace) {
  if (request.view_id !== undefined) {
    const view = viewOf(request.view_id, user, workspace);
    const place = { container: { type: 'view', view_id: view.id }, view: viewObject(view) };
    return { blocks: objectsIn(view.given.blocks), place };
  }
  const { channel: key, ts } = request;
  if (key === undefined || ts === undefined) {
    throw new ControlError(400, 'Say where: give channel and ts of a message, or view_id of a view.');
  }
  const channel = joinedChannel(key, user, workspace.conversations);
  const message = shownMessage({ user, channel, ts }, workspace);
  return { blocks: message.blocks, place: messagePlace(message, channel) };
}

/** The app answers with either of two lists; anything else leaves the menu empty, with a warning. */
function offered({ payload, ms }: { payload: JsonObject; ms: number }): Suggested {
  const { options, option_groups: groups } = payload;
  const [given, field, shape] =
    groups === undefined
      ? [options, 'options', list(plainOption, { max: LIMITS.options })]
      : [groups, 'option_groups', list(optionGroup, { max: LIMITS.optionGroups })];
  const problems = problemsOf(given, field, shape);
  if (problems !== undefined || (options !== undefined && groups !== undefined)) {
    return { acked: false, error: `invalid_suggestions ${problems ?? 'both options and option_groups'}` };
  }
  return { acked: true, ms, [field]: objectsIn(given) };
}

function problemsOf(given: unknown, field: string, shape: Shape): string | undefined {
  const problems = shape(given, `/${field}`, { surface: 'modal', newBlocks: true, scopes: [] });
  const [first] = problems;
  return first && `${first.message} [json-pointer:${first.pointer}]`;
}
