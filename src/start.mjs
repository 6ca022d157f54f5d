// Plain JavaScript in the syntax of old Nodes: it must be able to say that a Node is too old.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
/** What Node says of running TypeScript is nobody's business here. */
const QUIET = '--disable-warning=ExperimentalWarning';
const installed = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

if (major(process.version) >= NEEDED) {
  await import('./main.ts');
} else if (major(spawnSync(installed, ['--version'], { encoding: 'utf8' }).stdout) >= NEEDED) {
  runWith(installed);
} else {
  console.error(
    `Forge needs Node ${NEEDED} or newer, and this is ${process.version}. Run "npm start", which brings its own, or install a newer Node.`,
  );
  process.exitCode = 1;
}

/** The first number of a version such as `v24.21.0`; 0 where there is none. */
function major(version) {
  const match = /^v(\d+)\./.exec(version || '');
  return match ? Number(match[1]) : 0;
}

function runWith(node) {
  const child = spawn(node, [QUIET, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {
    // At a terminal the child gets Ctrl-C by itself; twice would mean "at once".
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Forge could not be started with ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  });
}
