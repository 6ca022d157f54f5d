import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Bucket } from '../../../sandbox/aws/data-plane/messages.ts';
import { targetGroupArn } from '../../../sandbox/aws/names.ts';
import { production } from '../../../sandbox/aws/seed-production.ts';
import { productionSeed } from './production.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';

const place = { service: 'api', environment: 'production' };

describe('how well the tasks of a colour serve', () => {
  let world: TestAws;
  afterEach(() => world.stop());

  it('comes with the version: one in twenty pages of v1.3.0-errors is an error', async () => {
    const look = await start({ version: 'v1.3.0-errors', desiredCount: 1 });

    const statuses = await look.ask('green', 40);

    expect(statuses.filter((status) => status === 500)).toHaveLength(2);
    expect(await states('green')).toEqual(['healthy']);
  });

  it('changes for running tasks of that colour only, and comes back when it is ended', async () => {
    const look = await start({ desiredCount: 1 });

    world.aws.behave({ ...place, colour: 'green', errorPercent: 100 });
    const during = await look.both();
    world.aws.behave({ ...place, colour: 'green', errorPercent: null });

    expect(during).toEqual({ blue: 200, green: 500 });
    expect(await look.both()).toEqual({ blue: 200, green: 200 });
    expect(world.aws.settings().behaviours).toEqual([]);
  });

  it('is found by tasks that start later, by their version', async () => {
    const look = await start();
    world.aws.behave({ ...place, version: 'v0.9.0', errorPercent: 100 });

    await world.ecs.send(
      new UpdateServiceCommand({ cluster: 'forge-production', service: 'api-green', desiredCount: 1 }),
    );
    await until(async () => (await states('green')).join() === 'healthy');

    expect(await look.both()).toEqual({ blue: 200, green: 500 });
  });

  it('can be changed one thing after the other', async () => {
    await start();

    world.aws.behave({ ...place, colour: 'blue', errorPercent: 50, latencyMs: 10 });
    world.aws.behave({ ...place, colour: 'blue', errorPercent: null });

    expect(world.aws.settings().behaviours).toEqual([{ ...place, colour: 'blue', latencyMs: 10 }]);
  });

  it('suffers from a slow dependency alike in every colour', async () => {
    const look = await start({ desiredCount: 1 });

    world.aws.change({ dependency: { latencyMs: 250 } });
    await look.both();

    const latencies = (await buckets()).flatMap(({ latenciesMs }) => latenciesMs);
    expect(latencies).toHaveLength(2);
    // Timers may be a millisecond early.
    expect(Math.min(...latencies)).toBeGreaterThan(245);
  });

  it('shows a crash loop as 502, and as failed connections of that colour', async () => {
    const look = await start({ version: 'v1.3.2-crashloop', desiredCount: 1 });

    const statuses = await look.ask('green', 11);

    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 502]);
    const crashed = (await buckets()).find(({ connectionErrors }) => connectionErrors > 0);
    expect(crashed).toMatchObject({ targetGroup: targetGroupArn(production, 'api-green') });
  });

  it('lets a task that crashed be sent requests until its end is noticed, then starts another', async () => {
    const look = await start({ desiredCount: 1 }, { noticeMs: 600, secondMs: 200 });
    world.aws.behave({ ...place, colour: 'green', crashAfterRequests: 1 });

    expect(await look.ask('green', 4)).toEqual([200, 502, 502, 502]);
    world.aws.behave({ ...place, colour: 'green', crashAfterRequests: null });

    await until(async () => (await look.ask('green', 1))[0] === 200);
  });

  it('is refused for what there is not', async () => {
    await start();

    expect(() => world.aws.behave({ ...place, colour: 'only', latencyMs: 1 })).toThrow('no tasks of only');
    expect(() => world.aws.behave({ ...place, version: 'v7', latencyMs: 1 })).toThrow('no image of v7');
    expect(() => world.aws.behave({ ...place, service: 'none', latencyMs: 1 })).toThrow('no service none');
  });

  async function start(green: Parameters<typeof productionSeed>[0] = {}, timing = {}) {
    const accessKeyId = `AKIA${production.account}`;
    world = await startAws({ seed: productionSeed(green), running: 'in-process', accessKeyId, timing });
    const url = await publicUrl(world);
    const status = async (colour: string) =>
      (await fetch(url, { headers: { 'x-forge-preview': `preview-${colour}` } })).status;
    return {
      both: async () => ({ blue: await status('blue'), green: await status('green') }),
      ask: async (colour: string, times: number) => {
        const statuses: number[] = [];
        for (let asked = 0; asked < times; asked += 1) statuses.push(await status(colour));
        return statuses;
      },
    };
  }

  async function states(wanted: string): Promise<string[]> {
    const [api] = await world.aws.services();
    return (api?.tasks ?? []).filter(({ colour }) => colour === wanted).map(({ state }) => state);
  }

  async function buckets(): Promise<Bucket[]> {
    return (await world.aws.readings(0)).buckets;
  }
});
