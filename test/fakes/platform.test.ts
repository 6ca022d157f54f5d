import type { Release, Target } from '../../src/domain/release.ts';
import { platformContract } from '../contracts/platform.ts';
import { colouredPlatformContract } from '../contracts/platform-colours.ts';
import { FakePlatform } from './platform.ts';

platformContract('FakePlatform', async () => {
  const platform = new FakePlatform();
  platform.behave('v1.2.0-crash', { kind: 'failing', reason: 'Essential container exited with 1' });
  let count = 0;
  return {
    platform,
    release,
    missingTarget: { service: 'nobody', environment: 'staging', region: 'us-east-1' },
    freshTarget() {
      count += 1;
      const target = { service: `api-${count}`, environment: 'staging', region: 'us-east-1' };
      const { version, commit, digests } = release(target, 'v1.0.0');
      platform.give(target, { version, commit, digest: digests[target.region] ?? '' });
      return target;
    },
    close: async () => undefined,
  };
});

colouredPlatformContract('FakePlatform', async () => {
  const platform = new FakePlatform();
  platform.behave('v1.2.0-crash', { kind: 'failing', reason: 'Essential container exited with 1' });
  let count = 0;
  return {
    platform,
    release,
    freshTarget() {
      count += 1;
      const target = { service: `api-${count}`, environment: 'production', region: 'us-east-1' };
      const { version, commit, digests } = release(target, 'v1.0.0');
      const image = { version, commit, digest: digests[target.region] ?? '' };
      platform.giveColours(target, { image, rules: 2 });
      return target;
    },
    close: async () => undefined,
  };
});

function release(target: Target, version: string): Release & { commit: string } {
  const commit = commits[version] ?? '';
  const digests = { [target.region]: `sha256:${commit.padEnd(64, '0')}` };
  return { service: target.service, version, commit, digests };
}

const commits: Record<string, string> = {
  'v1.0.0': 'a'.repeat(40),
  'v1.1.0': 'b'.repeat(40),
  'v1.2.0-crash': 'c'.repeat(40),
};
