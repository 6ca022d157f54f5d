import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readEnds } from './ends.ts';
import { placesFor } from './places.ts';
import { play } from './play.ts';
import { printFigures } from './print-figures.ts';
import { schedule } from './schedule.ts';
import { violations } from './violations.ts';

/**
 * Many deployments at the same time: `npm run bench:many`. Says how late ends are shown and how near Forge comes to
 * Slack's limits; fails when a limit is broken, an end never shown, a message doubled or the order of ends not kept.
 */
const { values } = parseArgs({
  options: {
    deployments: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const options = z
  .object({ deployments: z.coerce.number(), minutes: z.coerce.number(), seed: z.coerce.number() })
  .parse(values);
console.log(
  `${options.deployments} deployments started within ${options.minutes} min, --seed ${options.seed}`,
);

const folder = await mkdtemp(join(tmpdir(), 'forge-bench-many-'));
const databaseFile = join(folder, 'forge.db');
const places = placesFor(options.deployments);
const courses = schedule(options);
try {
  const { seen, usage, loads, statusTold } = await play({ places, courses, databaseFile });
  const ends = readEnds(databaseFile, { places, courses, seen });
  printFigures({ ends, usage, loads, statusTold });
  const broken = violations({ ends, wanted: options.deployments, usage });
  for (const sentence of broken.slice(0, 20)) console.error(`Broken: ${sentence}`);
  if (broken.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
