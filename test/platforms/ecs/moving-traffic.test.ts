import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitTo } from '../../../src/domain/traffic.ts';
import { settled } from '../../contracts/platform.ts';
import { eventually } from '../../eventually.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

const target = targetOf('web');

describe('traffic that is moved from one colour to the other', () => {
  let world: EcsWorld;
  let url: string;
  beforeAll(async () => {
    world = await startEcsWorld({ coloured: [{ name: 'web', tasks: 2 }] });
    const [state] = await world.aws.services();
    url = state?.url ?? '';
  }, 60_000);
  afterAll(async () => {
    await world.close();
  });

  it('finds the new release by the preview first, then everybody does, and no request fails on the way', async () => {
    const customers = keepAsking();
    const { revision } = await world.platform.start(
      target,
      { on: 'green', release: releaseOf('web', 'v1.1.0') },
      options(),
    );
    expect(await settled(world.platform, target, revision, 'green')).toMatchObject({ kind: 'healthy' });
    const previewed = await answer({ 'X-Forge-Preview': 'secret-green' });
    const before = await answer();

    await world.platform.setTraffic(target, splitTo('green', 50), options());
    await eventually(() => customers.versions.has('v1.1.0'));
    await world.platform.setTraffic(target, splitTo('green', 100), options());
    await eventually(async () => (await Promise.all([answer(), answer(), answer()])).every(isNew));
    await world.platform.scale(target, { on: 'blue', desired: 0 }, options());
    await eventually(async () => (await world.platform.tasks(target, 'blue', options())).running === 0);
    const after = await answer();
    await customers.stop();

    expect([previewed.version, before.version, after.version]).toEqual(['v1.1.0', 'v1.0.0', 'v1.1.0']);
    expect(customers.failures).toEqual([]);
    expect([...customers.versions].toSorted()).toEqual(['v1.0.0', 'v1.1.0']);
  });

  async function answer(headers: Record<string, string> = {}): Promise<{ version: string }> {
    const response = await fetch(`${url}/version`, { headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${body}`);
    return { version: /v\d+\.\d+\.\d+/.exec(body)?.[0] ?? body };
  }

  function isNew({ version }: { version: string }): boolean {
    return version === 'v1.1.0';
  }

  /** Asks again and again, as customers do, until it is stopped. */
  function keepAsking() {
    const failures: string[] = [];
    const versions = new Set<string>();
    const over = new AbortController();
    const asking = (async () => {
      while (!over.signal.aborted) {
        await answer().then(
          ({ version }) => versions.add(version),
          (error: unknown) => failures.push(String(error)),
        );
      }
    })();
    return {
      failures,
      versions,
      stop() {
        over.abort();
        return asking;
      },
    };
  }
});

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
