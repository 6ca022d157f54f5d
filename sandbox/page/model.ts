import type { Fault, Switches } from './fault-model.ts';
import { parseFault, parseSwitches } from './fault-model.ts';
import type { Json } from './json.ts';
import { asNumber, asObject, asObjects, asText, textOrNothing } from './json.ts';
import type { Service } from './service-model.ts';
import { parseService } from './service-model.ts';

/** What the control API tells about the workspace, read into the shapes this page draws. */
export type User = { id: string; name: string; title: string; kind: string };
export type Channel = { id: string; name: string };
export type Group = { id: string; name: string };
/** What the app offers in the composer's menu (`global`) or in a message's (`message`). */
export type Shortcut = { name: string; type: string; callbackId: string };
export type WorkspaceState = {
  users: User[];
  channels: Channel[];
  groups: Group[];
  services: Service[];
  forge: { pid: number | undefined; isReady: boolean };
  faults: Fault[];
  switches: Switches;
  shortcuts: Shortcut[];
};
export type Message = {
  ts: string;
  threadTs: string | undefined;
  user: string;
  text: string;
  blocks: Json[];
  isEphemeral: boolean;
  isEdited: boolean;
  isBroadcast: boolean;
  replyCount: number;
  warning: string | undefined;
};
export type View = {
  id: string;
  view: Json;
  errors: Record<string, string>;
  warning: string | undefined;
};

export function parseState(value: unknown): WorkspaceState {
  const state = asObject(value);
  const forge = asObject(state.forge);
  const pid = asNumber(forge.pid);
  return {
    users: asObjects(state.users).map(parseUser),
    channels: asObjects(state.channels).map((channel) => ({
      id: asText(channel.id),
      name: asText(channel.name),
    })),
    groups: asObjects(state.groups).map((group) => ({
      id: asText(group.id),
      name: asText(group.handle) || asText(group.name),
    })),
    services: asObjects(state.services).map(parseService),
    forge: { pid: pid === 0 ? undefined : pid, isReady: forge.ready === true },
    faults: asObjects(state.faults).map(parseFault),
    switches: parseSwitches(state.switches),
    shortcuts: asObjects(state.shortcuts).map((shortcut) => ({
      name: asText(shortcut.name),
      type: asText(shortcut.type),
      callbackId: asText(shortcut.callbackId),
    })),
  };
}

export function parseMessages(value: unknown): Message[] {
  const messages = Array.isArray(value) ? value : asObject(value).messages;
  return asObjects(messages).map((message) => ({
    ts: asText(message.ts),
    threadTs: textOrNothing(message.threadTs),
    user: asText(message.user),
    text: asText(message.text),
    blocks: asObjects(message.blocks),
    isEphemeral: message.ephemeral === true,
    isEdited: message.edited === true,
    isBroadcast: message.broadcast === true,
    replyCount: asNumber(message.replyCount),
    warning: textOrNothing(message.warning),
  }));
}

export function parseViews(value: unknown): View[] {
  const views = Array.isArray(value) ? value : asObject(value).views;
  return asObjects(views).map(parseView);
}

/** undefined when the user has no home yet. */
export function parseHome(value: unknown): View | undefined {
  const home = asObject(value);
  return textOrNothing(home.id) === undefined ? undefined : parseView(home);
}

export function parseErrors(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asObject(value)).map(([block, text]) => [block, asText(text)]));
}

function parseUser(user: Json): User {
  const name = asText(user.name);
  return { id: asText(user.id), name, title: asText(user.title), kind: asText(user.kind) };
}

function parseView(view: Json): View {
  return {
    id: asText(view.id),
    view: asObject(view.view),
    errors: parseErrors(view.errors),
    warning: textOrNothing(view.warning),
  };
}
