import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, type ImageSource } from '../../sandbox/aws/ecr/image.ts';
import type { Policy, ServicePolicy } from '../../src/domain/policy.ts';
import { PlatformRefused } from '../../src/ports/platform.ts';
import type { SourceControl } from '../../src/ports/source-control.ts';
import { createEcrSourceControl } from '../../src/source-control/ecr.ts';
import { type SandboxAws, startSandboxAws } from '../aws/sandbox-aws.ts';
import { anEnvironmentPolicy, aPolicy, aRun, aServicePolicy } from '../builders.ts';

const account = '111111111111';
const regions = ['us-east-1', 'eu-west-1'];
const api = { service: 'api', environment: 'staging' };
const commits = {
  old: `a1b2c3d${'0'.repeat(33)}`,
  newest: `a1b2c3e${'0'.repeat(33)}`,
  feature: `ffffff1${'0'.repeat(33)}`,
  fix: `ffffff2${'0'.repeat(33)}`,
  unreplicated: `cccccc1${'0'.repeat(33)}`,
  hexadecimal: `deadbee${'0'.repeat(33)}`,
};

const sources: ImageSource[] = [
  ...everywhere({ version: 'v1.0.0', commit: commits.old, branch: 'main', hour: 1 }),
  ...everywhere({ version: 'v1.1.0', commit: commits.newest, branch: 'main', hour: 2 }),
  ...everywhere({ version: 'nightly', commit: commits.feature, branch: 'feature/login', hour: 3 }),
  ...everywhere({ version: 'v1.2.0', commit: commits.fix, branch: 'main-fix', hour: 4 }),
  ...everywhere({ version: 'v9.9.9', commit: commits.unreplicated, branch: 'half', hour: 5 }).slice(0, 1),
  ...everywhere({ version: 'v1.3.0', commit: commits.hexadecimal, branch: 'deadbee', hour: 0 }),
  ...everywhere({ version: 'v1.4.0', commit: `1234567${'0'.repeat(33)}`, branch: 'deadbee', hour: 0.5 }),
];

describe('releases by the tags of ECR images', () => {
  let world: SandboxAws;
  let now = 1_000_000;
  let sourceControl: SourceControl;
  beforeAll(async () => {
    world = await startSandboxAws({ seed: { account, images: sources, loadBalancers: [], services: [] } });
    sourceControl = createEcrSourceControl({ policy, clients: world.clients, now: () => now });
  });
  afterAll(async () => {
    await world.close();
  });

  it.each(['v1.0.0', '1.0.0', commits.old, `git-${commits.old}`, 'a1b2c3d', 'A1B2C3D0'])(
    'finds %s as a version or commit, with its digest in every region',
    async (ref) => {
      const found = await sourceControl.resolve({ ...api, ref }, options());

      expect(found).toEqual({
        kind: 'found',
        release: {
          service: 'api',
          version: 'v1.0.0',
          commit: commits.old,
          digests: { 'us-east-1': digestOf(commits.old), 'eu-west-1': digestOf(commits.old) },
        },
      });
    },
  );

  it('finds a branch as its newest release, and not a branch whose name begins like it', async () => {
    const found = await sourceControl.resolve({ ...api, ref: 'main' }, options());

    expect(found).toMatchObject({ kind: 'found', release: { version: 'v1.1.0' } });
  });

  it('finds a branch with slashes, and calls a release without a version by its commit', async () => {
    const found = await sourceControl.resolve({ ...api, ref: 'feature/login' }, options());

    expect(found).toMatchObject({ kind: 'found', release: { version: 'ffffff100000' } });
  });

  it.each(['a1b2c3', 'ffffff'])('does not take %s, fewer than seven digits, for a commit', async (ref) => {
    const found = await sourceControl.resolve({ ...api, ref }, options());

    expect(found.kind).toBe('unknown');
  });

  it('calls a word that is a commit and a branch ambiguous', async () => {
    const found = await sourceControl.resolve({ ...api, ref: 'deadbee' }, options());

    expect(found).toMatchObject({
      kind: 'ambiguous',
      candidates: [{ version: 'v1.4.0' }, { version: 'v1.3.0' }],
    });
  });

  it('says in which regions an image is missing', async () => {
    const found = await sourceControl.resolve({ ...api, ref: 'v9.9.9' }, options());

    expect(found).toEqual({ kind: 'missing', version: 'v9.9.9', regions: ['eu-west-1'] });
  });

  it('names the newest versions when nothing matches', async () => {
    const found = await sourceControl.resolve({ ...api, ref: 'v7' }, options());

    expect(found).toEqual({
      kind: 'unknown',
      known: ['v9.9.9', 'v1.2.0', 'ffffff100000', 'v1.1.0', 'v1.0.0'],
    });
  });

  it('lists the newest releases that are in every region', async () => {
    const recent = await sourceControl.recent({ ...api, limit: 3 }, options());

    expect(recent.map((release) => release.version)).toEqual(['v1.2.0', 'ffffff100000', 'v1.1.0']);
  });

  it('describes an image by its digest', async () => {
    const request = { ...api, region: 'eu-west-1', digest: digestOf(commits.newest) };

    const described = await sourceControl.describe(request, options());

    expect(described).toEqual({ version: 'v1.1.0', commit: commits.newest });
  });

  it('does not describe a digest the registry does not have', async () => {
    const request = { ...api, region: 'us-east-1', digest: `sha256:${'0'.repeat(64)}` };

    expect(await sourceControl.describe(request, options())).toBeUndefined();
  });

  it('lists a repository again only after some seconds', async () => {
    now += 60_000;
    world.operations.length = 0;

    await sourceControl.recent({ ...api, limit: 3 }, options());
    await sourceControl.resolve({ ...api, ref: 'main' }, options());
    const soon = world.operations.length;
    now += 5_000;
    await sourceControl.recent({ ...api, limit: 3 }, options());

    expect([soon, world.operations.length]).toEqual([2, 4]);
  });

  it('refuses a repository that does not exist', async () => {
    const listed = sourceControl.recent({ service: 'ghost', environment: 'staging', limit: 3 }, options());

    await expect(listed).rejects.toThrow(/image in forge\.yml/);
    await expect(listed).rejects.toBeInstanceOf(PlatformRefused);
  });

  it('refuses a service that does not run in the environment', async () => {
    const listed = sourceControl.recent({ service: 'api', environment: 'production', limit: 3 }, options());

    await expect(listed).rejects.toThrow(/api does not run in production/);
  });
});

function everywhere(image: { version: string; commit: string; branch: string; hour: number }): ImageSource[] {
  const { hour, ...build } = image;
  const pushedAt = new Date(Date.UTC(2026, 10, 2) + hour * 3_600_000);
  return regions.map((region) => ({
    ...build,
    account,
    region,
    repository: 'acme-api',
    kind: 'web',
    pushedAt,
  }));
}

function digestOf(commit: string): string {
  const source = sources.find((each) => each.commit === commit);
  if (source === undefined) throw new Error(`No image of ${commit}`);
  return buildImage(source).digest;
}

function servicePolicy(name: string): ServicePolicy {
  return aServicePolicy({
    name,
    repository: `acme/${name}`,
    image: `{account}.dkr.ecr.{region}.amazonaws.com/acme-${name}:git-{commit}`,
    runs: { staging: regions.map((region) => aRun({ region, cluster: 'forge-staging', service: name })) },
  });
}

const policy: Policy = aPolicy({
  services: [servicePolicy('api'), servicePolicy('ghost')],
  environments: [anEnvironmentPolicy({ name: 'staging', account, regions })],
});

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(10_000) };
}
