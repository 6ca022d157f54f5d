import { parseArgs } from 'node:util';
import { type Figure, InvariantBroken, lineOf } from './figure.ts';
import { restart } from './restart.ts';
import { signalLatency } from './signal-latency.ts';
import { takeover } from './takeover.ts';
import { throughput } from './throughput.ts';

/**
 * Prints what the engine does beside what it should: `npm run bench:engine -- --only throughput`. Fails only when a
 * run was lost or an operation was carried out twice; how fast it is depends on the machine.
 */
const benches: Record<string, () => Promise<Figure[]>> = {
  throughput,
  'signal-latency': signalLatency,
  takeover,
  restart,
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const { only } = values;
if (only !== undefined && benches[only] === undefined) {
  console.error(`There is no "${only}": use one of ${Object.keys(benches).join(', ')}`);
  process.exit(64);
}

try {
  for (const [name, bench] of Object.entries(benches)) {
    if (only !== undefined && only !== name) continue;
    for (const figure of await bench()) console.log(lineOf(figure));
  }
} catch (error) {
  if (!(error instanceof InvariantBroken)) throw error;
  console.error(`An invariant is broken: ${error.message}`);
  process.exitCode = 1;
}
