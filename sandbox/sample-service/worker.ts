import { healthCheck } from './health.ts';
import type { Host, Running } from './host.ts';
import type { Settings } from './settings.ts';

/** A service without HTTP: works until it is asked to end, then ends with 0. */
export function startWorker(settings: Settings, host: Host): Running {
  const work = setInterval(() => host.print(`${settings.version} billed an invoice`), 10_000);
  host.onTerminate(() => host.exit(0));
  return { isHealthy: healthCheck(settings), adapt: () => undefined, kill: () => clearInterval(work) };
}
