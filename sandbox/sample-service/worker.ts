import type { Settings } from './settings.ts';

/** A service without HTTP: works until SIGTERM, then ends with 0. */
export function startWorker(settings: Settings): void {
  const work = setInterval(() => process.stdout.write(`${settings.version} billed an invoice\n`), 10_000);
  process.on('SIGTERM', () => {
    clearInterval(work);
    process.exit(0);
  });
}
