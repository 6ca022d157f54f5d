/**
 * Stands between the sandbox and Forge, because Forge must not know that it is watched: it starts Forge on order,
 * and when the sandbox is gone, however it died, it kills Forge and removes the sandbox's folder.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { GuardOrder, type GuardReport } from './guard-messages.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined || process.send === undefined) {
  throw new Error('sandbox/guard.ts is started by the sandbox, with its folder and a message channel.');
}

let guarded: ChildProcess | undefined;

process.on('message', (message) => obey(GuardOrder.parse(message)));
process.on('disconnect', endEverything);
// Ctrl-C reaches a whole process group: only the sandbox decides when Forge ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function obey(order: GuardOrder): void {
  switch (order.kind) {
    case 'start':
      start(order);
      return;
    case 'stop':
      stop(order.withinMs);
      return;
  }
}

function start(order: Extract<GuardOrder, { kind: 'start' }>): void {
  const child = spawn(process.execPath, [order.file], {
    cwd: order.workingFolder,
    env: order.environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  guarded = child;
  child.once('spawn', () => tell({ kind: 'started', pid: child.pid ?? 0 }));
  child.once('error', (error) => ended(error.message));
  child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
}

function ended(reason: string): void {
  guarded = undefined;
  tell({ kind: 'ended', reason });
}

function stop(withinMs: number): void {
  const child = guarded;
  if (child === undefined) {
    tell({ kind: 'ended', reason: 'it was not running' });
    return;
  }
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), withinMs).unref();
}

function tell(report: GuardReport): void {
  if (process.connected) process.send?.(report);
}

function endEverything(): void {
  if (guarded === undefined) leave();
  else killAndLeave(guarded);
}

function killAndLeave(child: ChildProcess): void {
  child.once('exit', leave);
  child.kill('SIGKILL');
}

function leave(): never {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
