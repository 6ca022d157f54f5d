// Plain JavaScript: an older Node must be able to read it, find a newer one, or say what is missing.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
/** What Node says of running TypeScript is nobody's business here. */
const QUIET = '--disable-warning=ExperimentalWarning';
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const installed = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

if (major(process.version) >= NEEDED) {
  await import('./main.ts');
} else if (major(versionOf(installed)) >= NEEDED) {
  runWith(installed);
} else {
  console.error(
    `The sandbox needs Node ${NEEDED} and this is ${process.version}. Run "npm ci && npm run node24" first.`,
  );
  process.exitCode = 1;
}

function major(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

function versionOf(node) {
  if (!existsSync(node)) return 'v0';
  const { error, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return error === undefined ? stdout.trim() : 'v0';
}

function runWith(node) {
  // The channel tells the sandbox when this process is killed, so that it ends too.
  const child = spawn(node, [QUIET, main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // Ctrl-C reaches the child by itself, as part of the terminal's group; here it must only not kill the parent first.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 1;
  });
}
