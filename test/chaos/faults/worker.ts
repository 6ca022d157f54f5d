/** One process of the harness: a world after the other. It ends when the program that started it does. */
import { type Report, Task } from './protocol.ts';
import { record, tryOut } from './scenario.ts';

const stray: string[] = [];
process.on('unhandledRejection', (reason) =>
  stray.push(`nobody held a rejected promise: ${describe(reason)}`),
);
process.on('uncaughtException', (error) => stray.push(`nobody caught: ${describe(error)}`));
process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => void carryOut(Task.parse(raw)));

async function carryOut(task: Task): Promise<void> {
  stray.length = 0;
  process.send?.(
    await report(task).catch((error: unknown) => ({ type: 'failed', problem: describe(error) })),
  );
}

async function report(task: Task): Promise<Report> {
  if (task.type === 'record') return { type: 'recorded', calls: await record(task.journey) };
  const result = await tryOut(task.trial);
  // In production each of these would have ended Forge.
  if (stray.length === 0) return { type: 'tried', result };
  return {
    type: 'tried',
    result: { ...result, outcome: 'violation', violations: [...result.violations, ...stray] },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
