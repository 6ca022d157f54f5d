import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Report, type Task } from './protocol.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Longer than any journey may take with every retry. Milliseconds. */
const TASK_WITHIN = 240_000;

/** Gives every task to the next free of `size` processes; `heard` is called as each one is done. */
export async function workThrough<Item>(
  items: readonly Item[],
  {
    size,
    taskOf,
    heard,
  }: { size: number; taskOf(item: Item): Task; heard(item: Item, report: Report): void },
): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    let worker: ChildProcess | undefined;
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      worker ??= fork(WORKER);
      const report = await ask(worker, taskOf(item));
      heard(item, report);
      // Whatever went wrong in it must not reach the next world.
      if (report.type === 'failed') {
        worker.kill('SIGKILL');
        worker = undefined;
      }
    }
    worker?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, work));
}

function ask(worker: ChildProcess, task: Task): Promise<Report> {
  const { promise, resolve } = Promise.withResolvers<Report>();
  const hear = (raw: unknown) => resolve(Report.parse(raw));
  const end = () => resolve({ type: 'failed', problem: 'the process of the world ended' });
  const late = setTimeout(
    () => resolve({ type: 'failed', problem: `not done after ${TASK_WITHIN / 1_000} s` }),
    TASK_WITHIN,
  );
  worker.once('message', hear);
  worker.once('exit', end);
  worker.send(task);
  return promise.finally(() => {
    clearTimeout(late);
    worker.off('message', hear);
    worker.off('exit', end);
  });
}
