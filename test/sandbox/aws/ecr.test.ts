import { DescribeImagesCommand, DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventedCommit } from '../../../sandbox/aws/seed.ts';
import { startAws, type TestAws } from './start-aws.ts';

const repositoryName = 'acme-api';

describe('the image registry', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws();
  });
  afterAll(() => world.stop());

  it('finds an image of main by the tag of its commit', async () => {
    const commit = inventedCommit(repositoryName, 'v1.1.0');

    const imageIds = [{ imageTag: `git-${commit}` }];
    const found = await world.ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));

    expect(found.imageDetails).toHaveLength(1);
    expect(found.imageDetails?.[0]).toMatchObject({
      registryId: '111111111111',
      imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      imageTags: ['v1.1.0', `git-${commit}`, `main-${commit.slice(0, 12)}`],
      imagePushedAt: expect.any(Date),
      imageStatus: 'ACTIVE',
    });
  });

  it('finds the same image by its digest', async () => {
    const byTag = await describeImages([{ imageTag: 'v1.0.0' }]);
    const [detail] = byTag.imageDetails ?? [];

    const byDigest = await describeImages([{ imageDigest: detail?.imageDigest }]);

    expect(byDigest.imageDetails).toEqual([detail]);
  });

  it('does not tag a bad version as one of main', async () => {
    const found = await describeImages([{ imageTag: 'v1.2.0-crash' }]);

    expect(found.imageDetails?.[0]?.imageTags?.some((tag) => tag.startsWith('main'))).toBe(false);
  });

  it('lists all images page by page', async () => {
    const versions: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await world.ecr.send(
        new DescribeImagesCommand({
          repositoryName,
          maxResults: 4,
          nextToken,
          filter: { tagStatus: 'TAGGED' },
        }),
      );
      versions.push(...(page.imageDetails ?? []).map(({ imageTags }) => imageTags?.[0]));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);

    const mine = world.seed.images.filter(
      ({ account, repository }) => account === '111111111111' && repository === repositoryName,
    );
    expect(versions).toEqual(mine.map(({ version }) => version));
  });

  it('says when there is no such image', async () => {
    await expect(describeImages([{ imageTag: 'git-0000' }])).rejects.toMatchObject({
      name: 'ImageNotFoundException',
    });
  });

  it('says when there is no such repository', async () => {
    const command = new DescribeImagesCommand({ repositoryName: 'acme-nothing' });

    await expect(world.ecr.send(command)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  });

  it('names its repositories', async () => {
    const found = await world.ecr.send(new DescribeRepositoriesCommand({}));

    expect(found.repositories?.map(({ repositoryUri }) => repositoryUri)).toEqual([
      '111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-api',
      '111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-billing-worker',
    ]);
  });

  function describeImages(imageIds: { imageTag?: string; imageDigest?: string | undefined }[]) {
    return world.ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));
  }
});
