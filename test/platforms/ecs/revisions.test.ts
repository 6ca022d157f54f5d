import { afterEach, describe, expect, it } from 'vitest';
import {
  digest,
  family,
  options,
  registry,
  release,
  type ScriptedEcs,
  service,
  startScriptedEcs,
  target,
} from './scripted-ecs.ts';

let ecs: ScriptedEcs | undefined;
afterEach(async () => {
  await ecs?.close();
});

describe('a revision', () => {
  it('that was deregistered cannot be put back', async () => {
    const { platform } = await ecsOf(service(), { status: 'INACTIVE' });

    const restored = platform.restore(target, { on: 'only', revision: `${family}:1` }, options());

    await expect(restored).rejects.toThrow(/INACTIVE\. Deploy that release again/);
    expect(ecs?.updates()).toEqual([]);
  });

  it('that names its image by tag is put back as a copy pinned to the image that ran', async () => {
    const tags = [{ key: 'service', value: 'api' }];
    const { platform } = await ecsOf(service(), { image: `${registry}:latest`, tags });

    const wish = { on: 'only', revision: `${family}:1`, digest } as const;
    const restored = await platform.restore(target, wish, options());

    const registered = ecs?.calls.find(({ operation }) => operation === 'RegisterTaskDefinition')?.input;
    expect(registered).toMatchObject({ containerDefinitions: [{ image: `${registry}@${digest}` }], tags });
    expect(restored).toEqual({ revision: `${family}:2` });
    expect(ecs?.updates()).toMatchObject([{ taskDefinition: `${family}:2` }]);
  });

  it('that names its image by digest is put back itself', async () => {
    const { platform } = await ecsOf(service(), { image: `${registry}@sha256:${'b'.repeat(64)}` });

    const wish = { on: 'only', revision: `${family}:1`, digest } as const;
    const restored = await platform.restore(target, wish, options());

    expect(restored).toEqual({ revision: `${family}:1` });
    expect(ecs?.calls.map(({ operation }) => operation)).not.toContain('RegisterTaskDefinition');
  });

  it('with two essential containers needs the name of the right one', async () => {
    const { platform } = await ecsOf(service(), { sidecar: true });

    const started = platform.start(target, { on: 'only', release }, options());

    await expect(started).rejects.toThrow(/2 essential containers \(api, proxy\).*forge\.yml/);
  });

  it('keeps its sidecars when a release is started', async () => {
    const { platform } = await ecsOf(service(), { sidecar: true }, { container: 'api' });

    await platform.start(target, { on: 'only', release }, options());

    const registered = ecs?.calls.find(({ operation }) => operation === 'RegisterTaskDefinition')?.input;
    expect(registered?.containerDefinitions).toEqual([
      { name: 'api', essential: true, image: `${registry}@${digest}` },
      { name: 'proxy', essential: true, image: 'envoy:1' },
    ]);
  });
});

async function ecsOf(...world: Parameters<typeof startScriptedEcs>): Promise<ScriptedEcs> {
  ecs = await startScriptedEcs(...world);
  return ecs;
}
