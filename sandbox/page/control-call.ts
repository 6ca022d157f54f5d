import type { Json } from './json.ts';
import { asObject, asText, isObject, textOrNothing } from './json.ts';
import { parseErrors } from './model.ts';

/** What became of something a person did. `needs-confirmation` carries Slack's confirm object. */
export type Outcome =
  | { kind: 'acked' }
  | { kind: 'refused'; errors: Record<string, string> }
  | { kind: 'needs-confirmation'; confirm: Json }
  | { kind: 'failed'; reason: string };

const READ_MS = 10_000;

export async function read(path: string): Promise<unknown> {
  const response = await fetch(path, { signal: AbortSignal.timeout(READ_MS) });
  return answered(path, response);
}

/** undefined when the acting person may not see it: not a member, or no longer in the workspace. */
export async function readVisible<Thing>(
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

export async function send(path: string, body: unknown): Promise<Outcome> {
  return (await exchange(path, body)).outcome;
}

// A delivery may take Slack's 3 seconds and more when the sandbox was told to be slow.
export async function exchange(path: string, body: unknown): Promise<{ outcome: Outcome; answer: Json }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await readAnswer(response);
    return { outcome: outcomeOf(response, answer), answer };
  } catch (error) {
    const reason = `The sandbox did not answer (${String(error)}). Is it still running?`;
    return { outcome: { kind: 'failed', reason }, answer: {} };
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
