import type { Host, Running } from './host.ts';
import type { Settings } from './settings.ts';

/** A one-off command of the image, as a migration task runs it. Ends with the command's exit code. */
export function runCommand(words: readonly string[], settings: Settings, host: Host): Running {
  const ending = setTimeout(() => host.exit(exitCode(words, settings)), settings.startMs);
  return { isHealthy: () => false, adapt: () => undefined, kill: () => clearTimeout(ending) };
}

function exitCode(words: readonly string[], settings: Settings): number {
  if (words.some((word) => word.startsWith('migrate'))) return settings.behaviour === 'unmigrated' ? 1 : 0;
  // What a shell answers for a command it does not know.
  return 127;
}
