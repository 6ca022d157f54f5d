import { runCommand } from './command.ts';
import type { Host, Running } from './host.ts';
import type { Settings } from './settings.ts';
import { startWeb } from './web.ts';
import { startWorker } from './worker.ts';

/** What `node service.ts` does, on any host: serves, or runs the one-off command of `words`. */
export function runImage(
  settings: Settings,
  { words, host }: { words: readonly string[]; host: Host },
): Running {
  if (words.length > 0) return runCommand(words, settings, host);
  if (settings.behaviour === 'crash') return crash(settings, host);
  if (settings.behaviour === 'hang') return hang(host);
  return settings.kind === 'worker' ? startWorker(settings, host) : startWeb(settings, host);
}

function crash(settings: Settings, host: Host): Running {
  const crashing = setTimeout(() => {
    host.print('Could not read the settings: DATABASE_URL is missing');
    host.exit(1);
  }, settings.startMs / 4);
  return { isHealthy: () => false, adapt: () => undefined, kill: () => clearTimeout(crashing) };
}

/** Ignores that it should end, so it must be killed. */
function hang(host: Host): Running {
  host.onTerminate(() => host.print('Still waiting for the database'));
  const waiting = setInterval(() => host.print('Waiting for the database'), 60_000);
  return { isHealthy: () => false, adapt: () => undefined, kill: () => clearInterval(waiting) };
}
