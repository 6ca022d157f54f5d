import { once } from 'node:events';
import { endChild, startChild } from '../../../sandbox/aws/child.ts';
import { FromLoad, type Moment, type PhaseCount, type ToLoad } from './load-messages.ts';

export type Load = {
  /** From now on everything is sent there. */
  sendTo(url: string): void;
  /** What ends from now on counts there. */
  countAs(phase: string, moment: Moment): void;
  counts(): Promise<PhaseCount[]>;
  stop(): Promise<void>;
};

export function startLoad(): Load {
  const child = startChild(new URL('./load-process.ts', import.meta.url));
  const tell = (message: ToLoad) => child.send(message);
  return {
    sendTo: (url) => tell({ type: 'send-to', url }),
    countAs: (phase, moment) => tell({ type: 'count-as', phase, moment }),
    async counts() {
      const answer = once(child, 'message');
      tell({ type: 'tell' });
      const [raw]: unknown[] = await answer;
      return FromLoad.parse(raw).counts;
    },
    stop: () => endChild(child, 1_000),
  };
}
