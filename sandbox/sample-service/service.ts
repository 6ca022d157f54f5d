import { readInfluence } from './conduct.ts';
import type { Host } from './host.ts';
import { runImage } from './run-image.ts';
import { readSettings } from './settings.ts';

/** The entry of the sample service's image: `node service.ts` serves, `node service.ts <command …>` runs a one-off. */
const host: Host = {
  onTerminate: (listener) => process.on('SIGTERM', listener),
  print: (line) => console.error(line),
  exit: (code) => process.exit(code),
};
const running = runImage(readSettings(process.env), { words: process.argv.slice(2), host });

// A container doesn't outlive its host: when the sandbox is gone, so is the service.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const influence = readInfluence(message);
  if (influence !== undefined) running.adapt(influence);
  // Stands in for the health check command inside the container: the sandbox asks, the service answers.
  else process.send?.({ healthy: running.isHealthy() });
});
