import { expect, it } from 'vitest';
import { createCodeWorld } from '../jobs/code-world.ts';
import { staging, targetIn } from '../jobs/shop.ts';

it('what is live already by its commit is not built and deployed again, though the registry has its image no more', async () => {
  const world = createCodeWorld();
  world.platform.give(targetIn(staging), {
    version: 'v9',
    commit: world.head,
    digest: `sha256:${'9'.repeat(64)}`,
  });

  await expect(world.ask('feature/banner')).rejects.toThrow('is live on Checkout in staging already');

  await world.close();
});
