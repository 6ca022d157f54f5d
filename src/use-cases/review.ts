import type { Caller } from '../domain/caller.ts';
import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Adapters } from './adapters.ts';
import { reviewRun } from './let-start.ts';
import { decided } from './steer-deployment.ts';

export type Review = { deployment: number; text: string };

/** Keeps what somebody writes about an emergency; the first one counts. Throws a `UserError` when none is due. */
export async function writeReview(
  { deployment: number, text }: Review,
  caller: Caller,
  { store }: Pick<Adapters, 'store'>,
): Promise<Deployment> {
  return decided({ deployment: number }, store, async (deployment) => {
    requireReviewDue(deployment);
    const { version } = deployment;
    if (text.trim() === '') throw new UserError('Nothing was written: the review is empty.');
    return store.commit([
      {
        ...{ kind: 'append', deployment: number, expect: version, by: caller.actor, cause: caller.arrival },
        events: [{ type: 'reviewed', text }],
      },
      {
        ...{ kind: 'signal-run', run: reviewRun(number), name: 'reviewed' },
        ...{ id: caller.arrival, by: caller.actor.userId },
      },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `review of #${number}` },
    ]);
  });
}

/** Throws a `UserError` where no review is due, or somebody has written it. */
export function requireReviewDue({ number, review }: Deployment): void {
  if (review === undefined) {
    throw new UserError(`#${number} was no emergency, so no review of it is due. Nothing was written.`);
  }
  if (review.written === undefined) return;
  const { by } = review.written;
  const who = by.kind === 'person' ? `<@${by.userId}>` : 'Somebody';
  throw new UserError(`${who} has written the review of #${number} already. Yours was not kept.`);
}
