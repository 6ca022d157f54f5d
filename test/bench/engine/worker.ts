import { openEngine } from './bench-engine.ts';
import { defineJobs } from './jobs.ts';

/** A process of its own. Tells its parent, with the time, what happens. */
const [role, path = ''] = process.argv.slice(2);

const { engine } = openEngine(path);
defineJobs(engine, {
  onEffect: (operation) => tell(`effect ${operation}`),
  onHeard: (run) => tell(`heard ${run}`),
});

if (role === 'engine') {
  engine.whileLeading('tell', async () => {
    tell('leading');
  });
  await engine.start();
  tell(`started ${Math.round(process.memoryUsage.rss() / 1_000_000)}`);
  process.on('message', () => tell(`memory ${Math.round(process.memoryUsage.rss() / 1_000_000)}`));
} else {
  process.on('message', (message: { run: string; id: string }) => {
    const sentAt = performance.timeOrigin + performance.now();
    engine.signal(message.run, 'go', { id: message.id, by: 'bench' }).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
    process.send?.(`sent ${sentAt}`);
  });
  tell('started');
}

function tell(message: string): void {
  process.send?.(`${message} at ${performance.timeOrigin + performance.now()}`);
}
