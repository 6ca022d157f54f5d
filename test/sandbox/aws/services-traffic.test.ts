import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './load-balancer-bench.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';
import { twoColours } from './two-colours.ts';

describe('the state of a service', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ seed: twoColours() });
  });
  afterAll(() => world.stop());

  it('shows the traffic of the last 60 seconds, one entry a second, oldest first', async () => {
    await ask(await publicUrl(world), 8);
    await until(async () => (await sums()).requests >= 8);

    const seconds = await traffic();

    expect(seconds).toHaveLength(60);
    const times = seconds.map(({ at }) => Date.parse(at) / 1_000);
    expect(times).toEqual(times.map((_, index) => (times[0] ?? 0) + index));
  });

  it('says of each second how many were sent where, how many failed, and how fast 95 % were', async () => {
    const url = await publicUrl(world);
    const before = await sums();
    await ask(url, 6);
    await ask(`${url}?ms=60`, 1);
    await until(async () => (await sums()).requests >= before.requests + 7);

    const after = await sums();

    expect(after.requests - before.requests).toBe(7);
    expect(after.byColour.blue - before.byColour.blue).toBe(7);
    expect(after.byColour.green).toBe(0);
    expect(after.byVersion - before.byVersion).toBe(7);
    expect(after.failures).toBe(0);
    expect(after.slowestMs).toBeGreaterThanOrEqual(55);
  });

  it('has no response time where nothing was answered', async () => {
    const [oldest] = await traffic();

    expect(oldest).toMatchObject({ requests: 0, failures: 0, p95Ms: null });
  });

  it('says which version on which colour answered how much of the latest requests', async () => {
    await ask(await publicUrl(world), 5);

    await until(async () => (await world.aws.services())[0]?.shares.length === 1);
    const [state] = await world.aws.services();

    expect(state?.shares).toEqual([{ version: 'v1.0.0', colour: 'blue', percent: 100 }]);
  });

  it('names the colour of each task and what it does', async () => {
    const [state] = await world.aws.services();

    expect(state?.tasks.toSorted((left, right) => left.colour.localeCompare(right.colour))).toMatchObject([
      { colour: 'blue', version: 'v1.0.0', state: 'healthy' },
      { colour: 'green', version: 'v1.1.0', state: 'healthy' },
    ]);
  });

  async function traffic() {
    return (await world.aws.services())[0]?.traffic ?? [];
  }

  async function sums() {
    const seconds = await traffic();
    const sum = (of: (second: (typeof seconds)[number]) => number) =>
      seconds.map(of).reduce((total, value) => total + value, 0);
    return {
      requests: sum(({ requests }) => requests),
      failures: sum(({ failures }) => failures),
      byVersion: sum(({ byVersion }) => byVersion['v1.0.0'] ?? 0),
      byColour: { blue: sum(({ byColour }) => byColour.blue), green: sum(({ byColour }) => byColour.green) },
      slowestMs: Math.max(...seconds.map(({ p95Ms }) => p95Ms ?? 0)),
    };
  }
});
