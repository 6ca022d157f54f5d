import { messageOf } from '../src/domain/errors.ts';
import type { Json } from '../src/domain/json.ts';
import type { Clock } from '../src/ports/clock.ts';
import { isDelivery } from '../src/ports/delivery.ts';
import { Incoming, type Reception, replyAddressOf } from '../src/ports/incoming.ts';
import type { Arrival, Store } from '../src/ports/store.ts';
import { plainMessage } from '../views/blocks.ts';
import { code, duration, shortened } from '../views/text.ts';
import { checkForm } from './check-form.ts';
import { type Desk, dispatch } from './dispatch.ts';
import { asTyped } from './typed.ts';

export type FrontDesk = Desk & { store: Store; clock: Clock };

/** What was asked longer ago than this is not done any more without asking again. Milliseconds. */
const STALE = 10 * 60_000;
/** Something that ended this process so often is not tried again. */
const MOST_ATTEMPTS = 3;
/** Pauses while the database cannot be used. Milliseconds. */
const PAUSES = [1_000, 3_000, 10_000];

/** Keeps what arrives before Slack is told, and does it once. */
export function createReception(desk: FrontDesk): Reception {
  const { store } = desk;
  return {
    check: async (submission) => checkForm(submission, desk.forge.policy),
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

/** Takes up, one after the other, what came from Slack and was not finished when the last process ended. */
export async function takeUpArrivals(arrivals: readonly Arrival[], desk: FrontDesk): Promise<void> {
  for (const arrival of arrivals) if (!isDelivery(arrival)) await processArrival(arrival.id, desk);
}

/** Does what was kept, once. What the database does not let begin now is begun after a pause; at last it is left to the next start. */
async function processArrival(id: string, desk: FrontDesk): Promise<void> {
  for (const pause of PAUSES) {
    try {
      await processOnce(id, desk);
      return;
    } catch (error) {
      desk.log.error('Something that arrived could not be begun or ended in the database', {
        arrival: id,
        error: messageOf(error),
        tryAgainInMs: pause,
      });
    }
    await desk.clock.sleep(pause);
  }
  await processOnce(id, desk);
}

async function processOnce(id: string, desk: FrontDesk): Promise<void> {
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
  const refusal = tooLate(arrival, parsed.data, desk.clock.now());
  if (refusal === undefined) return dispatch(parsed.data, desk);
  if (parsed.data.kind !== 'home-opened' && parsed.data.kind !== 'closing') {
    await desk.replies.privately(replyAddressOf(parsed.data), plainMessage(refusal));
  }
  return 'not done after a restart';
}

function tooLate(arrival: Arrival, incoming: Incoming, now: number): string | undefined {
  const age = now - arrival.receivedAt;
  if (age > STALE) {
    return `Forge was not running when you ${deed(incoming)} ${duration(age / 1000)} ago. It was not done; ask again if you still want it.`;
  }
  if (arrival.attempts > MOST_ATTEMPTS) {
    return `You ${deed(incoming)}, and Forge could not finish that and stopped trying. \`/forge status\` shows what is live; ask an admin before you try again.`;
  }
  return undefined;
}

function deed(incoming: Incoming): string {
  switch (incoming.kind) {
    case 'command':
      return `typed ${code(`/forge ${shortened(asTyped(incoming.text), 200)}`)}`;
    case 'press':
      return 'pressed a button';
    case 'shortcut':
      return 'used a shortcut';
    case 'submission':
      return 'sent a form';
    case 'closing':
    case 'home-opened':
      return 'looked';
  }
}
