import type { WebClient } from '@slack/web-api';
import type { z } from 'zod';
import type { Method } from './methods.ts';

/** Calls one method and reads what is needed of its answer. Throws what the client throws, or a ZodError. */
export async function callSlack<Answer>(
  client: WebClient,
  call: { method: Method; body: Record<string, unknown>; answer: z.ZodType<Answer> },
): Promise<Answer> {
  return call.answer.parse(await client.apiCall(call.method, call.body));
}
