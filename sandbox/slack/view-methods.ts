import { type Call, type Method, optionalObject, optionalString, requiredString } from './call.ts';
import type { JsonObject } from './json.ts';
import { LIMITS } from './limits.ts';
import { invalidArguments, SlackError } from './slack-error.ts';
import { viewErrors } from './validate.ts';
import { type View, viewObject } from './views.ts';
import type { Workspace } from './workspace.ts';

const open: Method = (call) => {
  const { args, workspace } = call;
  const view = givenView(call, 'modal');
  const user = workspace.triggers.use(requiredString(args, 'trigger_id'));
  return { view: viewObject(workspace.views.open(user, view)) };
};

const push: Method = (call) => {
  const { args, workspace } = call;
  const view = givenView(call, 'modal');
  const user = workspace.triggers.use(requiredString(args, 'trigger_id'));
  return { view: viewObject(workspace.views.push(user, view)) };
};

const update: Method = (call) => {
  const { args, workspace } = call;
  const before = existingView(call);
  requireSameHash(args, before);
  return { view: viewObject(workspace.views.update(before, givenView(call, before.type, before))) };
};

const publish: Method = (call) => {
  const { args, workspace } = call;
  if (!workspace.settings().homeTab) throw new SlackError('not_enabled');
  const user = workspace.conversations.user(requiredString(args, 'user_id'));
  if (!user || user.kind === 'deactivated' || user.kind === 'bot') throw new SlackError('user_not_found');
  const before = workspace.views.home(user.id);
  if (before) requireSameHash(args, before);
  return { view: viewObject(workspace.views.publish(user.id, givenView(call, 'home', before))) };
};

export const VIEW_METHODS: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};

/** A view an app gave, checked. Throws SlackError as the views methods word it. */
export function checkedView(
  view: unknown,
  type: 'modal' | 'home',
  from: { workspace: Workspace; replaces?: View | undefined },
): JsonObject {
  const lines = viewErrors(view, type, from.workspace.settings());
  if (lines.length > 0) throw invalidArguments(lines);
  const given = optionalObject({ view }, 'view') ?? {};
  if (Buffer.byteLength(JSON.stringify(given)) > LIMITS.viewBytes) throw new SlackError('view_too_large');
  const externalId = given.external_id;
  const isTaken =
    typeof externalId === 'string' &&
    externalId !== '' &&
    from.workspace.views.find(
      (other) => other.given.external_id === externalId && other.id !== from.replaces?.id,
    ) !== undefined;
  if (isTaken) throw new SlackError('duplicate_external_id');
  return given;
}

function givenView(call: Call, type: 'modal' | 'home', replaces?: View): JsonObject {
  const { workspace } = call;
  return checkedView(optionalObject(call.args, 'view'), type, { workspace, replaces });
}

function existingView({ args, workspace }: Call): View {
  const id = optionalString(args, 'view_id');
  const externalId = optionalString(args, 'external_id');
  if (id === undefined && externalId === undefined) requiredString(args, 'view_id');
  const view = workspace.views.find((one) =>
    id === undefined ? one.given.external_id === externalId : one.id === id,
  );
  if (!view) throw new SlackError('not_found');
  return view;
}

function requireSameHash(args: JsonObject, view: View): void {
  const hash = optionalString(args, 'hash');
  if (hash !== undefined && hash !== '' && hash !== view.hash) throw new SlackError('hash_conflict');
}
