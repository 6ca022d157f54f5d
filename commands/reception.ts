import { messageOf } from '../src/domain/errors.ts';
import type { Json } from '../src/domain/json.ts';
import type { Clock } from '../src/ports/clock.ts';
import { Incoming, type Reception, replyAddressOf } from '../src/ports/incoming.ts';
import type { Arrival, Store } from '../src/ports/store.ts';
import { plainMessage } from '../views/blocks.ts';
import { duration } from '../views/text.ts';
import { checkForm } from './check-form.ts';
import { type Desk, dispatch } from './dispatch.ts';

export type FrontDesk = Desk & { store: Store; clock: Clock };

/** What was asked longer ago than this is not done any more without asking again. Milliseconds. */
const STALE = 10 * 60_000;
/** Something that ended this process so often is not tried again. */
const MOST_ATTEMPTS = 3;

/** Keeps what arrives before Slack is told, and does it once. */
export function createReception(desk: FrontDesk): Reception {
  const { store } = desk;
  return {
    check: async (submission) => checkForm(submission),
    keep: (incoming) =>
      store.keepArrival({
        id: incoming.id,
        kind: incoming.kind,
        payload: Incoming.parse(incoming) satisfies Json,
      }),
    discard: (incoming, reason) => store.finishArrival(incoming.id, `discarded: ${reason}`),
    process: (incoming) => processArrival(incoming.id, desk),
  };
}

/** Takes up what was kept and not finished when the last process ended, in the order it arrived. */
export async function takeUpArrivals(desk: FrontDesk): Promise<void> {
  for (const arrival of await desk.store.openArrivals()) await processArrival(arrival.id, desk);
}

async function processArrival(id: string, desk: FrontDesk): Promise<void> {
  const arrival = await desk.store.beginArrival(id);
  if (arrival === undefined) return;
  const outcome = await deal(arrival, desk);
  await desk.store.finishArrival(id, outcome);
}

async function deal(arrival: Arrival, desk: FrontDesk): Promise<string> {
  const parsed = Incoming.safeParse(arrival.payload);
  if (!parsed.success) {
    desk.log.error('An arrival was kept that this version cannot read', {
      arrival: arrival.id,
      error: messageOf(parsed.error),
    });
    return 'unreadable';
  }
  const refusal = tooLate(arrival, desk.clock.now());
  if (refusal === undefined) return dispatch(parsed.data, desk);
  if (parsed.data.kind !== 'home-opened' && parsed.data.kind !== 'closing') {
    await desk.replies.privately(replyAddressOf(parsed.data), plainMessage(refusal));
  }
  return 'not done after a restart';
}

function tooLate(arrival: Arrival, now: number): string | undefined {
  const age = now - arrival.receivedAt;
  if (age > STALE) {
    return `Forge was not running when you asked for something ${duration(age / 1000)} ago. It was not done; ask again if you still want it.`;
  }
  if (arrival.attempts > MOST_ATTEMPTS) {
    return 'Forge could not finish what you asked for and stopped trying. `/forge status` shows what is live; ask an admin before you try again.';
  }
  return undefined;
}
