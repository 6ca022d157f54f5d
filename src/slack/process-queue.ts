import { messageOf } from '../domain/errors.ts';
import type { Incoming } from '../ports/incoming.ts';
import type { Log } from '../ports/log.ts';

export type ProcessQueue = {
  add(incoming: Incoming): void;
  /** Resolves when everything that was added is done. */
  idle(): Promise<void>;
};

/** Starts what was kept, after the acknowledgements of the same tick; nothing waits for another's end. */
export function createProcessQueue(parts: {
  process: (incoming: Incoming) => Promise<void>;
  log: Log;
}): ProcessQueue {
  let waiting: Incoming[] = [];
  const running = new Set<Promise<void>>();
  let nextDrain: Promise<void> | undefined;

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
  const drain = (): void => {
    const batch = waiting.sort((left, right) => urgency(left) - urgency(right));
    waiting = [];
    nextDrain = undefined;
    for (const incoming of batch) {
      const run = begin(incoming).finally(() => running.delete(run));
      running.add(run);
    }
  };

  return {
    add(incoming) {
      waiting.push(incoming);
      nextDrain ??= new Promise((resolve) => {
        setImmediate(() => {
          drain();
          resolve();
        });
      });
    },
    async idle() {
      while (nextDrain !== undefined || running.size > 0) {
        await nextDrain;
        await Promise.all(running);
      }
    },
  };
}

/** Lower first: a form is waited for, a trigger lives three seconds, the App Home can wait. */
function urgency({ kind }: Incoming): number {
  switch (kind) {
    case 'submission':
      return 0;
    case 'command':
    case 'press':
      return 1;
    case 'closing':
    case 'home-opened':
      return 2;
  }
}
