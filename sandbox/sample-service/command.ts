import type { Settings } from './settings.ts';

/** A one-off command of the image, as a migration task runs it. Ends the process with the command's exit code. */
export function runCommand(words: readonly string[], settings: Settings): void {
  setTimeout(() => process.exit(exitCode(words, settings)), settings.startMs);
}

function exitCode(words: readonly string[], settings: Settings): number {
  if (words.some((word) => word.startsWith('migrate'))) return settings.behaviour === 'unmigrated' ? 1 : 0;
  // What a shell answers for a command it does not know.
  return 127;
}
