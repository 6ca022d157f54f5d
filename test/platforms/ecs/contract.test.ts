import { platformContract } from '../../contracts/platform.ts';
import { colouredPlatformContract } from '../../contracts/platform-colours.ts';
import { releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

const names = Array.from({ length: 10 }, (_, index) => `api-${index + 1}`);

platformContract('the ECS platform', async () => {
  const unused = [...names];
  const world = await startEcsWorld({
    services: names.map((name) => ({ name, kind: 'web', tasks: 1 })),
    // Time for tasks to start on a busy machine, however fast this AWS turns.
    graceSeconds: 300,
    visibleWithin: 3_000,
  });
  return {
    platform: world.platform,
    release: (target, version) => releaseOf(target.service, version),
    missingTarget: targetOf('nobody'),
    freshTarget() {
      const name = unused.shift();
      if (name === undefined) throw new Error('The contract needs more services than there are');
      return targetOf(name);
    },
    close: world.close,
  };
});

const coloured = Array.from({ length: 9 }, (_, index) => `web-${index + 1}`);

colouredPlatformContract('the ECS platform', async () => {
  const unused = [...coloured];
  const world = await startEcsWorld({
    coloured: coloured.map((name) => ({ name, tasks: 2 })),
    running: 'in-process',
    visibleWithin: 3_000,
  });
  return {
    platform: world.platform,
    release: (target, version) => releaseOf(target.service, version),
    freshTarget() {
      const name = unused.shift();
      if (name === undefined) throw new Error('The contract needs more services than there are');
      return targetOf(name);
    },
    close: world.close,
  };
});
