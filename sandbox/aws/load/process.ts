import { type FromLoad, ToLoad } from './messages.ts';
import { Stream } from './stream.ts';

/** The customers: a process of its own, so that nothing Forge or the sandbox does can slow them down. */
const streams = new Map<string, Stream>();

process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => {
  const message = ToLoad.parse(raw);
  switch (message.type) {
    case 'set': {
      const stream = streams.get(message.key) ?? new Stream();
      streams.set(message.key, stream);
      stream.set(message.url, message.requestsPerSecond);
      return;
    }
    case 'read': {
      const reports = Object.fromEntries([...streams].map(([key, { report }]) => [key, report]));
      const answer: FromLoad = { id: message.id, reports };
      process.send?.(answer);
      return;
    }
  }
});
