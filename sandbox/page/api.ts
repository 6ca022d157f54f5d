import type { Suggested } from './blocks/context.ts';
import type { Outcome } from './control-call.ts';
import { exchange, read, readVisible, send } from './control-call.ts';
import { readOptionGroups } from './elements/suggested-options.ts';
import type { Message, View, WorkspaceState } from './model.ts';
import { parseHome, parseMessages, parseState, parseViews } from './model.ts';

export type Click = {
  as: string;
  channel?: string;
  ts?: string;
  view_id?: string;
  action_id: string;
  block_id: string;
  value?: unknown;
  confirmed?: boolean;
  values?: FormValues;
};
export type FormValues = Record<string, Record<string, unknown>>;

export async function readState(): Promise<WorkspaceState> {
  return parseState(await read('/sandbox/state'));
}

/** undefined for a channel that this person cannot see. */
export async function readMessages(channel: string, as: string): Promise<Message[] | undefined> {
  const path = `/sandbox/channels/${encodeURIComponent(channel)}/messages${asQuery(as)}`;
  return readVisible(path, parseMessages);
}

export async function readViews(as: string): Promise<View[]> {
  return (await readVisible(`/sandbox/views${asQuery(as)}`, parseViews)) ?? [];
}

export async function readHome(as: string): Promise<View | undefined> {
  return readVisible(`/sandbox/home${asQuery(as)}`, parseHome);
}

export function sendCommand(command: { as: string; channel: string; text: string }): Promise<Outcome> {
  return send('/sandbox/command', command);
}

export function sendClick(click: Click): Promise<Outcome> {
  return send('/sandbox/click', click);
}

export function submitView(submission: {
  as: string;
  view_id: string;
  values: FormValues;
}): Promise<Outcome> {
  return send('/sandbox/submit', submission);
}

export function closeView(request: { as: string; view_id: string }): Promise<Outcome> {
  return send('/sandbox/close', request);
}

export function openHome(as: string): Promise<Outcome> {
  return send('/sandbox/home', { as });
}

export function setLoad(load: {
  service: string;
  environment: string;
  requestsPerSecond: number;
}): Promise<Outcome> {
  return send('/sandbox/load', load);
}

/** Types into a menu whose options come from Forge. */
export async function askForOptions(query: {
  as: string;
  channel?: string;
  ts?: string;
  view_id?: string;
  action_id: string;
  block_id: string;
  value: string;
}): Promise<Suggested> {
  const { outcome, answer } = await exchange('/sandbox/suggest', query);
  if (outcome.kind === 'failed') return outcome;
  return { kind: 'offered', groups: readOptionGroups(answer) };
}

export function useShortcut(use: {
  as: string;
  callback_id: string;
  channel?: string;
  ts?: string;
}): Promise<Outcome> {
  return send('/sandbox/shortcut', use);
}

function asQuery(as: string): string {
  return `?as=${encodeURIComponent(as)}`;
}
