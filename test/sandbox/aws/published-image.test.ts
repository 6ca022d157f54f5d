import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullImage } from '../../../sandbox/aws/ecr/image.ts';
import { deploy } from './deploy.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';

const commit = 'c'.repeat(40);
const reference = `111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-api:git-${commit}`;

describe('an image that was pushed', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ running: 'in-process' });
    world.aws.publish({
      ...{ kind: 'web', version: commit.slice(0, 12), commit, revision: commit },
      ...{ banner: 'Free delivery', references: [reference] },
    });
  });
  afterAll(() => world.stop());

  it('serves what its commit holds once it is deployed', async () => {
    const url = await publicUrl(world);
    const before = await (await fetch(url)).text();

    await deploy(world, { image: reference });
    await until(async () => (await (await fetch(url)).text()).includes('Free delivery'));

    expect(before).not.toContain('role="status"');
    await until(async () => (await (await fetch(`${url}/version`)).text()).includes(commit));
  });

  it('is not to be had any more once it is archived', () => {
    const { images } = world.aws.truth;
    const there = pullImage(images, reference);

    world.aws.alterImages({ repository: 'acme-api', tag: `git-${commit}`, status: 'ARCHIVED' });

    expect(there).toMatchObject({ commit });
    expect(pullImage(images, reference)).toBeUndefined();
  });
});
