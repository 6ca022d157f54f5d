import { z } from 'zod';
import type { Verdict } from '../src/domain/approval.ts';
import { NotEligible } from '../src/domain/errors.ts';
import type { Membership } from '../src/domain/people-policy.ts';
import type { VoteOutcome } from '../src/use-cases/vote.ts';
import { needsWords } from '../views/approval-words.ts';
import { plainMessage } from '../views/blocks.ts';
import type { Asking, Reply } from './command.ts';
import { otherVersion } from './other-version.ts';

/** What a vote is about: the round people were asked in, and the digest of what they were shown. */
export const VotedOn = { deployment: z.int(), round: z.int(), digest: z.string() };
const Hidden = z.strictObject(VotedOn);

/** What the form was shown for, from its hidden part. Throws a `UserError` for the form of another version. */
export function votedOnFrom(hidden: unknown): z.infer<typeof Hidden> {
  const parsed = Hidden.safeParse(hidden);
  if (parsed.success) return parsed.data;
  throw otherVersion('form', parsed.error);
}

/** Counts the vote and says what is missing besides. */
export async function castVote(
  { deployment, round, digest, why }: z.infer<typeof Hidden> & { why?: string | undefined },
  verdict: Verdict,
  asking: Asking,
): Promise<Reply> {
  const { forge, caller } = asking;
  const request = {
    ...{ deployment, verdict, seen: { round, digest } },
    ...(why === undefined ? {} : { why }),
  };
  const outcome = await asVoter(asking, (member) => forge.vote(request, { member, caller }));
  return { kind: 'private', message: plainMessage(told(outcome)) };
}

/** A vote that would count for nothing is looked at again with fresh groups. */
export async function asVoter<Value>(
  { membership }: Asking,
  act: (member: Membership) => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await act(await membership({ fresh: false }));
  } catch (error) {
    if (error instanceof NotEligible) return act(await membership({ fresh: true }));
    throw error;
  }
}

function told({ deployment, verdict, open }: VoteOutcome): string {
  const name = `#${deployment}`;
  if (verdict === 'reject') return `You rejected ${name}. It does not start, and nothing was changed.`;
  if (open.length > 0) return `You approved ${name}. It still needs ${needsWords(open)}.`;
  return `You approved ${name}. Nobody else has to; its message shows how it goes on.`;
}
