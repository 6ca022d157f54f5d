import { z } from 'zod';
import type { PushDelivery } from '../ports/delivery.ts';
import { jsonOf } from './json-of.ts';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);

/** What Forge reads of a push: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const PushPayload = z.object({
  ref: z.string().min(1).max(1000),
  before: Sha,
  after: Sha,
  repository: z.object({ full_name: z.string().max(200) }),
  head_commit: z.object({ id: Sha }).nullish(),
  sender: z.object({ login: z.string().max(100) }).nullish(),
  pusher: z.object({ email: z.string().max(320).nullish() }).nullish(),
});

/** Undefined: it is no push that Forge can read. `said`: the id of the arrival that keeps what was said. */
export function pushOf(body: string, said: string): PushDelivery | undefined {
  const parsed = PushPayload.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  const { ref, before, after, repository, head_commit: head, sender, pusher } = parsed.data;
  const login = sender?.login;
  const email = pusher?.email ?? undefined;
  return {
    ...{ event: 'push', repository: repository.full_name, ref, before, after, said },
    commit: head?.id ?? after,
    ...(login === undefined ? {} : { login }),
    ...(email === undefined ? {} : { email }),
  };
}
