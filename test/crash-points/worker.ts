/** A process that carries out what is in a folder and dies at a crash point; it tells how many it has passed. */
import { createCrashPoints, mortalDatabase } from './crash-points.ts';
import { carryOutAll } from './engine-process.ts';

const [folder = '', crashAt = '0'] = process.argv.slice(2);
const points = createCrashPoints(Number(crashAt));
await carryOutAll(folder, {
  points,
  adapt: (database) => mortalDatabase(database, points),
  onError: () => undefined,
});
process.send?.(points.count);
