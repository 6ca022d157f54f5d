import { messageOf } from '../domain/errors.ts';
import type { Incoming } from '../ports/incoming.ts';
import type { Log } from '../ports/log.ts';

export type ProcessQueue = {
  add(incoming: Incoming): void;
  /** Resolves when everything that was added is done. */
  idle(): Promise<void>;
};

/** So many are begun in one tick: they share one wait for the disk, and acknowledgements get their turn in between. */
const begunAtOnce = 10;
/** While more keeps arriving, nothing is begun for so long: acknowledgements are waited for by a clock, answers by people. */
const patienceMs = 100;

/**
 * Starts what was kept once a tick brought nothing new, the most urgent first, so that what arrives together is
 * acknowledged together; nothing waits for another's end.
 */
export function createProcessQueue(parts: {
  process: (incoming: Incoming) => Promise<void>;
  log: Log;
}): ProcessQueue {
  const waiting: Incoming[][] = [[], [], []];
  const running = new Set<Promise<void>>();
  let nextStart: Promise<void> | undefined;
  let isStillArriving = false;
  let patientUntil = 0;

  const begin = async (incoming: Incoming): Promise<void> => {
    try {
      await parts.process(incoming);
    } catch (error) {
      parts.log.error('Something that arrived from Slack could not be dealt with', {
        id: incoming.id,
        kind: incoming.kind,
        problem: messageOf(error),
      });
    }
  };
  const startSome = (): void => {
    if (isStillArriving && Date.now() < patientUntil) {
      isStillArriving = false;
      startSoon();
      return;
    }
    for (const incoming of takeMostUrgent(waiting)) {
      const run = begin(incoming).finally(() => running.delete(run));
      running.add(run);
    }
    if (waiting.some((queue) => queue.length > 0)) startSoon();
  };
  const startSoon = (): void => {
    nextStart ??= new Promise((resolve) => {
      setImmediate(() => {
        nextStart = undefined;
        startSome();
        resolve();
      });
    });
  };

  return {
    add(incoming) {
      if (waiting.every((queue) => queue.length === 0)) patientUntil = Date.now() + patienceMs;
      isStillArriving = true;
      waiting[urgency(incoming)]?.push(incoming);
      startSoon();
    },
    async idle() {
      while (nextStart !== undefined || running.size > 0) {
        await nextStart;
        await Promise.all(running);
      }
    },
  };
}

/** Removes them; of equally urgent ones the oldest. */
function takeMostUrgent(waiting: readonly Incoming[][]): Incoming[] {
  const taken: Incoming[] = [];
  for (const queue of waiting) taken.push(...queue.splice(0, begunAtOnce - taken.length));
  return taken;
}

/** Lower first: a form is waited for, a trigger lives three seconds, the App Home can wait. */
function urgency({ kind }: Incoming): 0 | 1 | 2 {
  switch (kind) {
    case 'submission':
      return 0;
    case 'command':
    case 'press':
    case 'shortcut':
      return 1;
    case 'closing':
    case 'home-opened':
      return 2;
  }
}
