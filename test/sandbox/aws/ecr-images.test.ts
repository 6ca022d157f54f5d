import {
  BatchGetImageCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../sandbox/aws/ecr/manifest.ts';
import { inventedCommit } from '../../../sandbox/aws/seed.ts';
import { startAws, type TestAws } from './start-aws.ts';

const repositoryName = 'acme-api';
const commit = inventedCommit(repositoryName, 'v1.1.0');
const registry = '111111111111.dkr.ecr.us-east-1.amazonaws.com';

describe('images of the registry', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ running: 'in-process' });
  });
  afterAll(() => world.stop());

  it('have a manifest whose hash is their digest', async () => {
    const { images, failures } = await batchGet('v1.1.0', 'v7.7.7');

    const [image] = images ?? [];
    expect(image?.imageId?.imageDigest).toBe(digestOf(image?.imageManifest ?? ''));
    expect(image?.imageManifestMediaType).toBe('application/vnd.oci.image.manifest.v1+json');
    expect(failures).toMatchObject([{ imageId: { imageTag: 'v7.7.7' }, failureCode: 'ImageNotFound' }]);
  });

  it('name a config that can be downloaded without credentials and holds the labels', async () => {
    const layerDigest = await configDigestOf('v1.1.0');

    const { downloadUrl = '' } = await world.ecr.send(
      new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
    );
    const text = await (await fetch(downloadUrl)).text();

    expect(digestOf(text)).toBe(layerDigest);
    expect(JSON.parse(text)).toMatchObject({
      config: { Labels: { 'org.opencontainers.image.revision': commit } },
    });
  });

  it('have no layer that nobody pushed', async () => {
    const layerDigest = `sha256:${'0'.repeat(64)}`;
    const command = new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest });

    await expect(world.ecr.send(command)).rejects.toMatchObject({ name: 'LayersNotFoundException' });
    expect((await fetch(`${world.endpoint}/aws/ecr-blobs/${layerDigest}`)).status).toBe(404);
  });

  it('are scanned on push', async () => {
    const { repositories } = await world.ecr.send(new DescribeRepositoriesCommand({}));
    const scan = await findings('v1.1.0');

    expect(repositories?.[0]?.imageScanningConfiguration).toEqual({ scanOnPush: true });
    expect(scan).toMatchObject({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findingSeverityCounts: { LOW: 3 }, imageScanCompletedAt: expect.any(Date) },
    });
  });

  it('have the scan somebody says they have', async () => {
    world.aws.alterImages({
      ...{ repository: repositoryName, tag: 'v1.0.0' },
      scan: { status: 'ACTIVE', findings: { CRITICAL: 2 } },
    });
    const found = await findings('v1.0.0');
    world.aws.alterImages({ repository: repositoryName, tag: 'v1.0.0', scan: null });

    expect(found).toMatchObject({
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: { findingSeverityCounts: { CRITICAL: 2 } },
    });
    await expect(findings('v1.0.0')).rejects.toMatchObject({ name: 'ScanNotFoundException' });
  });

  it('cannot be pulled while they are archived', async () => {
    world.aws.alterImages({ repository: repositoryName, tag: 'v0.9.0', status: 'ARCHIVED' });

    const { imageDetails } = await world.ecr.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v0.9.0' }] }),
    );

    expect(imageDetails).toMatchObject([{ imageStatus: 'ARCHIVED' }]);
    expect((await batchGet('v0.9.0')).images).toEqual([]);
  });

  it('that do not exist cannot be altered', () => {
    const alter = () => world.aws.alterImages({ repository: repositoryName, tag: 'v7.7.7', scan: null });

    expect(alter).toThrow('There is no image acme-api:v7.7.7.');
  });

  it('are left as they are when they are pushed again, and keep their tag', () => {
    const push = (banner: string) =>
      world.aws.publish({
        ...{ kind: 'web', version: 'v3.0.0', commit, revision: commit, banner },
        references: [`${registry}/acme-api:v3.0.0`],
      });
    const [first] = push('Hello');

    expect(push('Hello')).toEqual([first]);
    expect(first?.tags).toEqual(['v3.0.0']);
    expect(() => push('Hello again')).toThrow(/^The image tag 'v3.0.0' already exists .* immutable/);
  });

  it('are not pushed to a repository that does not exist', () => {
    const references = [`${registry}/acme-nothing:v3.0.0`];

    expect(() => world.aws.publish({ kind: 'web', version: 'v3.0.0', commit, references })).toThrow(
      /acme-nothing:v3.0.0 does not exist/,
    );
  });

  it('have a scan that runs for a while after they were pushed', async () => {
    const references = [`${registry}/acme-api:v4.0.0`];
    world.aws.publish({ kind: 'web', version: 'v4.0.0', commit, references });

    const { imageScanStatus, imageScanFindings } = await findings('v4.0.0');

    expect(imageScanStatus).toMatchObject({ status: 'IN_PROGRESS' });
    expect(imageScanFindings).toBeUndefined();
  });

  function batchGet(...tags: string[]) {
    const imageIds = tags.map((imageTag) => ({ imageTag }));
    return world.ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }));
  }

  async function configDigestOf(tag: string): Promise<string> {
    const { images } = await batchGet(tag);
    return JSON.parse(images?.[0]?.imageManifest ?? '{}').config.digest;
  }

  function findings(imageTag: string) {
    return world.ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageTag } }));
  }
});
