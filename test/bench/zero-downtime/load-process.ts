import { startCustomers } from './customers.ts';
import { type FromLoad, ToLoad } from './load-messages.ts';
import { Tally } from './tally.ts';

/** The customers, in a process of their own: nothing Forge or the sandbox does can slow them down. */
const tally = new Tally();
let customers: { stop(): void } | undefined;

process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => {
  const message = ToLoad.parse(raw);
  switch (message.type) {
    case 'send-to':
      customers?.stop();
      customers = startCustomers(message.url, tally);
      return;
    case 'count-as':
      tally.countAs(message.phase, message.moment);
      return;
    case 'tell': {
      const answer: FromLoad = { counts: tally.counts() };
      process.send?.(answer);
      return;
    }
  }
});
