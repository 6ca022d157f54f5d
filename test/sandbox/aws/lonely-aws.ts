import { startAws } from './start-aws.ts';

/** A sandbox in a process of its own: prints the ids of its processes and lives until it is killed. */
const world = await startAws();
console.log(JSON.stringify(world.aws.processes().map(({ pid }) => pid)));
