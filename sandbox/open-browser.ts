import { spawn } from 'node:child_process';

/** Shows an address in the person's browser, if there is one; a machine without any is no problem. */
export function openBrowser(address: string): void {
  const [program, ...words] = commandFor(process.platform, address);
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

function commandFor(platform: NodeJS.Platform, address: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32') return ['cmd', '/c', 'start', '', address];
  return ['xdg-open', address];
}
