import { messageOf } from '../domain/errors.ts';
import type { Replies } from '../ports/chat.ts';
import { type Incoming, type Reception, replyAddressOf } from '../ports/incoming.ts';
import type { Log } from '../ports/log.ts';
import { type Admission, admit, refusedWhileStopping } from './admission.ts';
import { createProcessQueue } from './process-queue.ts';

/** Tells Slack that it arrived; what is in the answer is shown to the person. Absent for events, which Bolt answers itself. */
export type Acknowledge = (answer?: Answer) => Promise<void>;
export type Answer = { text: string } | { response_action: 'errors'; errors: Record<string, string> };

export type Receiver = {
  /** Keeps it, acknowledges it, does it: in this order. Never rejects. */
  receive(incoming: Incoming, acknowledge: Acknowledge): Promise<void>;
  /** From now on arrivals are refused with a sentence; resolves when everything kept before is done. */
  close(): Promise<void>;
};

/** So many deliveries are remembered, to give a repeated one the first one's answer. */
const rememberedDeliveries = 1_000;

export function createReceiver(parts: { reception: Reception; replies: Replies; log: Log }): Receiver {
  const { reception, log } = parts;
  const queue = createProcessQueue({ process: (incoming) => reception.process(incoming), log });
  const deliveries = new Map<string, Promise<Admission>>();
  const receiving = new Set<Promise<void>>();
  let isClosing = false;

  const admissionOf = async (incoming: Incoming): Promise<Admission> => {
    const earlier = deliveries.get(incoming.id);
    if (earlier !== undefined) {
      const admission = await earlier;
      return admission.kind === 'kept' ? { kind: 'known' } : admission;
    }
    if (isClosing) return refusedWhileStopping();
    const admission = admit(incoming, reception, log);
    deliveries.set(incoming.id, admission);
    forgetOldest(deliveries);
    return admission;
  };
  const receiveOne = async (incoming: Incoming, acknowledge: Acknowledge): Promise<void> => {
    const admission = await admissionOf(incoming);
    await tellSlack(incoming, admission, { ...parts, acknowledge });
    // Kept is kept: it is done also when the acknowledgement was lost.
    if (admission.kind === 'kept') queue.add(incoming);
  };

  return {
    receive(incoming, acknowledge) {
      const one = receiveOne(incoming, acknowledge).finally(() => receiving.delete(one));
      receiving.add(one);
      return one;
    },
    async close() {
      isClosing = true;
      await Promise.all(receiving);
      await queue.idle();
    },
  };
}

async function tellSlack(
  incoming: Incoming,
  admission: Admission,
  { acknowledge, replies, log }: { acknowledge: Acknowledge; replies: Replies; log: Log },
): Promise<void> {
  try {
    await acknowledge(answerTo(incoming, admission));
    const isUntold = admission.kind === 'failed' && !canAnswer(incoming);
    if (!isUntold || incoming.kind === 'closing' || incoming.kind === 'home-opened') return;
    await replies.privately(replyAddressOf(incoming), { text: admission.sentence, blocks: [] });
  } catch (error) {
    log.error('Slack could not be told that something arrived', {
      id: incoming.id,
      admission: admission.kind,
      problem: messageOf(error),
    });
  }
}

function answerTo(incoming: Incoming, admission: Admission): Answer | undefined {
  switch (admission.kind) {
    case 'kept':
    case 'known':
      return undefined;
    case 'errors':
      return { response_action: 'errors', errors: admission.errors };
    case 'failed':
      return failureAnswer(incoming, admission.sentence);
  }
}

/** A click has no answer of its own, and a form without fields has no place to show one. */
function failureAnswer(incoming: Incoming, sentence: string): Answer | undefined {
  if (incoming.kind === 'command') return { text: sentence };
  const block = firstBlock(incoming);
  return block === undefined ? undefined : { response_action: 'errors', errors: { [block]: sentence } };
}

function canAnswer(incoming: Incoming): boolean {
  return incoming.kind === 'command' || firstBlock(incoming) !== undefined;
}

function firstBlock(incoming: Incoming): string | undefined {
  return incoming.kind === 'submission' ? Object.keys(incoming.values)[0] : undefined;
}

function forgetOldest(deliveries: Map<string, unknown>): void {
  if (deliveries.size <= rememberedDeliveries) return;
  for (const id of deliveries.keys()) {
    deliveries.delete(id);
    return;
  }
}
