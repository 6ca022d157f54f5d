import { afterEach, describe, expect, it } from 'vitest';
import { PlatformUnavailable } from '../../../src/ports/platform.ts';
import {
  digest,
  family,
  options,
  registry,
  type ScriptedEcs,
  service,
  startScriptedEcs,
  target,
} from './scripted-ecs.ts';

let ecs: ScriptedEcs | undefined;
afterEach(async () => {
  await ecs?.close();
});

describe('what is live', () => {
  it('is read from the running tasks when the revision names its image by tag', async () => {
    const container = { name: 'api', imageDigest: digest };
    const { platform } = await ecsOf(service(), {
      image: `${registry}:latest`,
      running: [{ taskArn: '1', containers: [container] }],
      describeImage: async (request) => (request.digest === digest ? { version: 'v1.9.0' } : undefined),
    });

    const live = await platform.live(target, options());

    expect(live).toEqual({ place: 'only', revision: `${family}:1`, version: 'v1.9.0', digest });
  });

  it('is called by the revision’s own tags when the registry has lost the image', async () => {
    const tags = [
      { key: 'forge_version', value: 'v1.8.0' },
      { key: 'git_sha', value: 'd'.repeat(40) },
    ];
    const { platform } = await ecsOf(service(), { image: `${registry}@${digest}`, tags });

    const live = await platform.live(target, options());

    expect(live).toMatchObject({ version: 'v1.8.0', commit: 'd'.repeat(40), digest });
  });

  it('is known while the registry does not answer', async () => {
    const { platform } = await ecsOf(service(), {
      image: `${registry}@${digest}`,
      describeImage: () => Promise.reject(new PlatformUnavailable('The registry is away.')),
    });

    const live = await platform.live(target, options());

    expect(live).toEqual({ place: 'only', revision: `${family}:1`, version: 'a'.repeat(12), digest });
  });

  it('is called by the commit of the revision when the registry does not know the image', async () => {
    const tags = [{ key: 'git_sha', value: 'd'.repeat(40) }];
    const { platform } = await ecsOf(service(), { image: `${registry}@${digest}`, tags });

    const live = await platform.live(target, options());

    expect(live).toMatchObject({ version: 'd'.repeat(12), commit: 'd'.repeat(40) });
  });

  it('is not asked of the registry when the revision says it', async () => {
    let asked = 0;
    const { platform } = await ecsOf(service(), {
      image: `${registry}@${digest}`,
      tags: [{ key: 'forge_version', value: 'v1.8.0' }],
      describeImage: async () => {
        asked += 1;
        return { version: 'v0.0.0' };
      },
    });

    const live = await platform.live(target, options());

    expect(live.version).toBe('v1.8.0');
    expect(asked).toBe(0);
  });

  it('is called by the image’s tag when nothing else is known', async () => {
    const { platform } = await ecsOf(service(), { image: `${registry}:git-${'e'.repeat(40)}` });

    const live = await platform.live(target, options());

    expect(live).toEqual({
      place: 'only',
      revision: `${family}:1`,
      version: 'e'.repeat(12),
      commit: 'e'.repeat(40),
    });
  });
});

async function ecsOf(...world: Parameters<typeof startScriptedEcs>): Promise<ScriptedEcs> {
  ecs = await startScriptedEcs(...world);
  return ecs;
}
