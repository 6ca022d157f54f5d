import { eventually } from '../../eventually.ts';
import { logOf, startActions } from './actions-world.ts';

/** A process of its own whose workflow sleeps: it prints that one's process id. It gets its folder. */
const world = startActions(process.argv[2]);
const run = world.aRun({ ref: 'main' });
const steps = [{ run: 'echo "pid $$"; sleep 600' }];
world.runner.start(run, JSON.stringify({ on: 'push', jobs: { one: { 'runs-on': 'any', steps } } }));
console.log(
  await eventually(() =>
    logOf(run)
      .split('\n')
      .find((line) => /^pid \d+$/.test(line)),
  ),
);
