import type { Json } from './json.ts';
import { asObject, asText, isObject, textOrNothing } from './json.ts';
import type { Message, View, WorkspaceState } from './model.ts';
import { parseErrors, parseHome, parseMessages, parseState, parseViews } from './model.ts';

/** What became of something a person did. `needs-confirmation` carries Slack's confirm object. */
export type Outcome =
  | { kind: 'acked' }
  | { kind: 'refused'; errors: Record<string, string> }
  | { kind: 'needs-confirmation'; confirm: Json }
  | { kind: 'failed'; reason: string };

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

const READ_MS = 10_000;

function asQuery(as: string): string {
  return `?as=${encodeURIComponent(as)}`;
}

async function read(path: string): Promise<unknown> {
  const response = await fetch(path, { signal: AbortSignal.timeout(READ_MS) });
  return answered(path, response);
}

/** undefined when the acting person may not see it: not a member, or no longer in the workspace. */
async function readVisible<Thing>(
  path: string,
  parse: (answer: unknown) => Thing,
): Promise<Thing | undefined> {
  const response = await fetch(path, { signal: AbortSignal.timeout(READ_MS) });
  return response.status === 403 ? undefined : parse(await answered(path, response));
}

async function answered(path: string, response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`Could not read ${path}: ${await errorText(response)}`);
  return response.json();
}

// A delivery may take Slack's 3 seconds and more when the sandbox was told to be slow.
async function send(path: string, body: unknown): Promise<Outcome> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    return outcomeOf(response, await readAnswer(response));
  } catch (error) {
    return { kind: 'failed', reason: `The sandbox did not answer (${String(error)}). Is it still running?` };
  }
}

function outcomeOf(response: Response, answer: Json): Outcome {
  const reason = textOrNothing(answer.error) ?? `The sandbox answered ${response.status}.`;
  if (response.status === 409 && isObject(answer.confirm)) {
    return { kind: 'needs-confirmation', confirm: answer.confirm };
  }
  if (isObject(answer.errors)) return { kind: 'refused', errors: parseErrors(answer.errors) };
  if (!response.ok || answer.acked === false) return { kind: 'failed', reason };
  return { kind: 'acked' };
}

async function readAnswer(response: Response): Promise<Json> {
  const text = await response.text();
  return text === '' ? {} : asObject(JSON.parse(text));
}

async function errorText(response: Response): Promise<string> {
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return isJson ? asText(asObject(await response.json()).error) : String(response.status);
}
