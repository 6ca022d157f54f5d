import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageSource } from '../../sandbox/aws/ecr/image.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';
import type { ImageThere, SourceControl } from '../../src/ports/source-control.ts';
import { createEcrSourceControl } from '../../src/source-control/ecr.ts';
import { type SandboxAws, startSandboxAws } from '../aws/sandbox-aws.ts';
import { anEnvironmentPolicy, aPolicy, aRun, aServicePolicy } from '../builders.ts';

const account = '111111111111';
const regions = ['us-east-1', 'eu-west-1'];
const commit = `a1b2c3d${'0'.repeat(33)}`;
const other = `ffffff1${'0'.repeat(33)}`;
const halfway = `cccccc1${'0'.repeat(33)}`;
const bare = `deadbee${'0'.repeat(33)}`;
const noFindings = { critical: 0, high: 0, medium: 0, low: 0 };

describe('the image of a commit', () => {
  let world: SandboxAws;
  let sourceControl: SourceControl;
  beforeAll(async () => {
    const images = [
      ...regions.map((region) => anImage({ region, commit })),
      ...regions.map((region) => anImage({ region, commit: other, revision: commit })),
      ...regions.map((region) => anImage({ region, commit: bare, revision: null })),
      anImage({ region: 'us-east-1', commit: halfway }),
    ];
    world = await startSandboxAws({
      seed: { account, images, loadBalancers: [], services: [] },
      running: 'in-process',
    });
    sourceControl = createEcrSourceControl({ policy, clients: world.clients });
  });
  afterAll(async () => {
    await world.close();
  });

  it('is told with its digest, its label and its scan in every region', async () => {
    const found = await image(commit);

    expect(found).toEqual({
      'us-east-1': found['eu-west-1'],
      'eu-west-1': {
        kind: 'present',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        status: 'active',
        revision: commit,
        scan: { kind: 'complete', findings: { ...noFindings, low: 3 }, unrated: 0 },
      },
    });
  });

  it('is told with the commit its label names, whatever its tag says', async () => {
    expect(await image(other)).toMatchObject({ 'us-east-1': { kind: 'present', revision: commit } });
  });

  it('is told without a commit where it has no label', async () => {
    expect(await image(bare)).toMatchObject({ 'us-east-1': { kind: 'present' } });
    expect((await image(bare))['us-east-1']).not.toHaveProperty('revision');
  });

  it('is absent in a region that does not have it', async () => {
    expect(await image(halfway)).toMatchObject({
      'us-east-1': { kind: 'present' },
      'eu-west-1': { kind: 'absent' },
    });
  });

  it('is absent before it is built, and there as soon as it is pushed', async () => {
    const built = 'b'.repeat(40);
    const before = await image(built);

    const [pushed] = world.aws.publish({
      ...{ kind: 'web', version: built.slice(0, 12), commit: built, revision: built },
      references: regions.map((region) => `${account}.dkr.ecr.${region}.amazonaws.com/acme-api:git-${built}`),
    });
    const after = await image(built);

    expect(before).toEqual({ 'us-east-1': { kind: 'absent' }, 'eu-west-1': { kind: 'absent' } });
    expect(after).toMatchObject({
      'us-east-1': { digest: pushed?.digest, revision: built, scan: { kind: 'running' } },
      'eu-west-1': { digest: pushed?.digest },
    });
  });

  it('is known as a release as soon as it was seen, though the list of before is believed for a while', async () => {
    const built = 'd'.repeat(40);
    const ask = () =>
      sourceControl.resolve({ service: 'api', environment: 'staging', ref: built }, options());
    const before = await ask();
    const [pushed] = world.aws.publish({
      ...{ kind: 'web', version: built.slice(0, 12), commit: built, revision: built },
      references: regions.map((region) => `${account}.dkr.ecr.${region}.amazonaws.com/acme-api:git-${built}`),
    });

    await image(built);

    expect(before).toMatchObject({ kind: 'unknown' });
    expect(await ask()).toMatchObject({
      kind: 'found',
      release: { commit: built, digests: { 'us-east-1': pushed?.digest, 'eu-west-1': pushed?.digest } },
    });
  });

  it.each([
    ['ARCHIVED', 'archived'],
    ['ACTIVATING', 'activating'],
  ] as const)('that is %s is told so, without its label', async (status, told) => {
    world.aws.alterImages({ repository: 'acme-api', tag: `git-${commit}`, status });

    const found = await image(commit);
    world.aws.alterImages({ repository: 'acme-api', tag: `git-${commit}`, status: 'ACTIVE' });

    expect(found['us-east-1']).toMatchObject({ kind: 'present', status: told });
    expect(found['us-east-1']).not.toHaveProperty('revision');
  });

  it.each([
    [
      { status: 'COMPLETE', findings: {} },
      { kind: 'complete', findings: noFindings, unrated: 0 },
    ],
    [
      {
        status: 'ACTIVE',
        findings: { CRITICAL: 1, HIGH: 2, MEDIUM: 3, LOW: 4, INFORMATIONAL: 5, UNDEFINED: 6 },
      },
      { kind: 'complete', findings: { critical: 1, high: 2, medium: 3, low: 4 }, unrated: 6 },
    ],
    [
      { status: 'ACTIVE', findings: null },
      { kind: 'running', says: 'has not told its findings yet' },
    ],
    [{ status: 'IN_PROGRESS' }, { kind: 'running', says: 'is still running' }],
    [{ status: 'PENDING' }, { kind: 'running', says: 'is still running' }],
    [
      { status: 'FAILED', description: 'Out of memory' },
      { kind: 'failed', says: 'came to nothing (FAILED: Out of memory)' },
    ],
    [
      { status: 'FINDINGS_UNAVAILABLE' },
      { kind: 'failed', says: expect.stringContaining('FINDINGS_UNAVAILABLE') },
    ],
    [{ status: 'LIMIT_EXCEEDED' }, { kind: 'failed', says: expect.stringContaining('LIMIT_EXCEEDED') }],
    [{ status: 'IMAGE_ARCHIVED' }, { kind: 'failed', says: expect.stringContaining('IMAGE_ARCHIVED') }],
    [
      { status: 'UNSUPPORTED_IMAGE' },
      { kind: 'unsupported', says: 'cannot look into an image of this kind' },
    ],
    [
      { status: 'SCAN_ELIGIBILITY_EXPIRED' },
      { kind: 'expired', says: 'is too old: the image is not scanned any more' },
    ],
    [null, { kind: 'none', says: 'has never been run' }],
  ] as const)('with the scan %o is told so', async (scan, told) => {
    world.aws.alterImages({ repository: 'acme-api', tag: `git-${commit}`, scan });

    expect(await image(commit)).toMatchObject({ 'us-east-1': { scan: told }, 'eu-west-1': { scan: told } });
  });

  it('is told without its scan where Forge may not read that', async () => {
    world.faults.set([
      {
        service: 'ecr',
        operation: 'DescribeImageScanFindings',
        nth: 1,
        times: 99,
        ms: 0,
        kind: 'refuse',
        error: 'AccessDeniedException',
      },
    ]);

    const found = await image(commit);
    world.faults.set([]);

    expect(found['us-east-1']).toMatchObject({
      revision: commit,
      scan: { kind: 'failed', says: expect.stringMatching(/^cannot be read: .*Allow Forge’s role/) },
    });
  });

  it('is unknown while its scan cannot be asked about', async () => {
    world.faults.set([
      { service: 'ecr', operation: 'DescribeImageScanFindings', nth: 1, times: 99, ms: 0, kind: 'error' },
    ]);

    const failed = await image(commit).catch((error: unknown) => error);
    world.faults.set([]);

    expect(failed).toBeInstanceOf(PlatformUnavailable);
  });

  it('has its label read once, for reading it counts as a pull', async () => {
    await image(commit);
    world.operations.length = 0;

    await image(commit);

    expect(world.operations.filter((operation) => operation === 'BatchGetImage')).toEqual([]);
    expect(world.operations.filter((operation) => operation === 'DescribeImages')).toHaveLength(2);
  });

  it('is unknown, not absent, while the registry does not answer', async () => {
    world.faults.set([
      { service: 'ecr', operation: 'DescribeImages', nth: 1, times: 99, ms: 0, kind: 'error' },
    ]);

    const failed = await image(commit).catch((error: unknown) => error);
    world.faults.set([]);

    expect(failed).toBeInstanceOf(PlatformUnavailable);
  });

  it('is refused where the repository does not exist', async () => {
    const asked = sourceControl.image({ service: 'ghost', environment: 'staging', commit }, options());

    await expect(asked).rejects.toBeInstanceOf(PlatformRefused);
  });

  function image(of: string): Promise<Record<string, ImageThere>> {
    return sourceControl.image({ service: 'api', environment: 'staging', commit: of }, options());
  }
});

function anImage(of: Pick<ImageSource, 'region' | 'commit' | 'revision'>): ImageSource {
  const pushedAt = new Date(Date.UTC(2026, 10, 2));
  const version = `v${of.commit.slice(0, 7)}`;
  return { account, repository: 'acme-api', kind: 'web', version, branch: 'main', pushedAt, ...of };
}

const policy = aPolicy({
  services: ['api', 'ghost'].map((name) =>
    aServicePolicy({
      name,
      image: `{account}.dkr.ecr.{region}.amazonaws.com/acme-${name}:git-{commit}`,
      runs: { staging: regions.map((region) => aRun({ region, cluster: 'forge-staging', service: name })) },
    }),
  ),
  environments: [anEnvironmentPolicy({ name: 'staging', account, regions })],
});

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
