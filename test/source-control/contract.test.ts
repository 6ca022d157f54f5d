import type { ImageSource } from '../../sandbox/aws/ecr/image.ts';
import { createEcrSourceControl } from '../../src/source-control/ecr.ts';
import { startSandboxAws } from '../aws/sandbox-aws.ts';
import { anEnvironmentPolicy, aPolicy, aRun, aServicePolicy } from '../builders.ts';
import { sourceControlContract } from '../contracts/source-control.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';

const account = '111111111111';
const regions = ['us-east-1', 'eu-west-1'] as const;
const whole = { version: 'v1.0.0', commit: 'a'.repeat(40) };
const half = { version: 'v1.1.0', commit: 'b'.repeat(40) };

sourceControlContract('of ECR', async () => {
  const images = [
    ...regions.map((region) => anImage({ region, ...whole })),
    anImage({ region: regions[0], ...half }),
  ];
  const seed = { account, images, loadBalancers: [], services: [] };
  const { aws, clients, close } = await startSandboxAws({ seed, running: 'in-process' });
  const alter = (commit: string, change: { status?: 'ARCHIVED'; scan?: null }) =>
    aws.alterImages({ repository: 'acme-api', tag: `git-${commit}`, ...change });
  return {
    ...{ regions, whole, half, close },
    sourceControl: createEcrSourceControl({ policy, clients }),
    archive: (commit) => void alter(commit, { status: 'ARCHIVED' }),
    forgetScan: (commit) => void alter(commit, { scan: null }),
  };
});

sourceControlContract('the fake', async () => {
  const digests = Object.fromEntries(regions.map((region) => [region, `sha256:${'1'.repeat(64)}`]));
  const sourceControl = new FakeSourceControl([
    { release: { service: 'api', ...whole, digests }, branch: 'main' },
    { release: { service: 'api', ...half, digests }, branch: 'main', missingIn: [regions[1]] },
  ]);
  return {
    ...{ sourceControl, regions, whole, half },
    archive: (commit) => sourceControl.setImage(commit, { status: 'archived' }),
    forgetScan: (commit) =>
      sourceControl.setImage(commit, { scan: { kind: 'none', says: 'has never been run' } }),
    close: async () => undefined,
  };
});

function anImage(of: Pick<ImageSource, 'region' | 'version' | 'commit'>): ImageSource {
  const pushedAt = new Date(Date.UTC(2026, 10, 2));
  return { account, repository: 'acme-api', kind: 'web', branch: 'main', pushedAt, ...of };
}

const policy = aPolicy({
  services: [
    aServicePolicy({
      name: 'api',
      image: '{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}',
      runs: { staging: regions.map((region) => aRun({ region, cluster: 'forge-staging', service: 'api' })) },
    }),
  ],
  environments: [anEnvironmentPolicy({ name: 'staging', account, regions: [...regions] })],
});
