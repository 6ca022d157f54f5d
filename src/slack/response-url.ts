import { z } from 'zod';
import { messageOf } from '../domain/errors.ts';
import type { Message } from '../ports/chat.ts';

const Refusal = z.object({ ok: z.literal(false), error: z.string() });
const timeoutMs = 5_000;

/**
 * Answers privately through the address Slack gave with a command or a click, which needs no membership of the channel.
 * Undefined when it arrived; otherwise why not. A second answer after a lost one is harmless.
 */
export async function answerByUrl(url: string, message: Message): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...message }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) return `HTTP status ${response.status} ${text.slice(0, 200)}`;
    return refusalIn(text);
  } catch (error) {
    return messageOf(error);
  }
}

/** Slack says `ok` in plain text when it worked, and sometimes no in JSON with a good status. */
function refusalIn(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  const refusal = Refusal.safeParse(JSON.parse(text));
  return refusal.success ? refusal.data.error : undefined;
}
