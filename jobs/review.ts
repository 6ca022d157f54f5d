import type { JobContext } from './engine/engine.ts';
import { requireState } from './require-state.ts';
import { readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type ReviewInput = { deployment: number };

/** Once it is due, people are reminded of it this often. Milliseconds. */
const EVERY = 24 * 60 * 60_000;

/** Reminds people of the review that an emergency left due: half-way, when it is due, and every day after, until somebody writes it. */
export async function remindOfReview(context: JobContext<ReviewInput>, { store }: World): Promise<void> {
  const { deployment } = context.input;
  const begun = await context.now();
  const due = await context.operation(
    'when it is due',
    async () => (await requireState(deployment, store)).review?.due ?? begun,
    { retry: readAgain },
  );
  let next = begun + Math.round((due - begun) / 2);
  for (let reminder = 1; ; reminder += 1) {
    const heard = await context.waitFor('reviewed', { within: { until: next } });
    if (heard.kind === 'signalled') return;
    await context.commit(`remind ${reminder}`, [
      { kind: 'append', deployment, expect: 'any', events: [{ type: 'review-reminded' }] },
    ]);
    next = next < due ? due : next + EVERY;
  }
}
