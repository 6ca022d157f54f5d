import { describe, expect, it } from 'vitest';
import { checkDatabase, type DatabaseCheck } from '../../jobs/check-database.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import type { GatePolicy } from '../../src/domain/gate-policy.ts';
import type { Series } from '../../src/domain/gates/index.ts';
import type { Target } from '../../src/domain/release.ts';
import {
  aGatePolicy,
  aPlan,
  aPolicy,
  aRecordedEvent,
  aRegion,
  aRequestedEvent,
  aServicePolicy,
} from '../builders.ts';
import { aColouredLive, anIdle } from '../colour-builders.ts';

const database = { instance: 'shop', maxConnections: 100, poolPerTask: 10 };
const anotherRegion = 'us-east-1';
const nothing = { requests: [], target5xx: [], target4xx: [], connectionErrors: [], p95Ms: [], p99Ms: [] };

/** The check of a deployment to production, where two tasks are live, with so many connections in use. */
function check(
  connections: Series,
  {
    standby = 0,
    policy = database,
    from = 0,
    elsewhere,
    gates = aGatePolicy({ pass: { databaseConnections: 0.8 } }),
  }: {
    standby?: number;
    policy?: { instance: string; maxConnections: number };
    /** When the metric begins to be there. Milliseconds since the epoch. */
    from?: number;
    /** In use in another region, where two tasks are live too. */
    elsewhere?: Series;
    gates?: GatePolicy;
  } = {},
): Promise<DatabaseCheck | undefined> {
  const plan = aPlan({ gates });
  const deployment = deploymentOf([aRecordedEvent(aRequestedEvent({ plan }))]);
  if (deployment === undefined) throw new Error('There is no deployment');
  const service = aServicePolicy({ database: { production: policy } });
  const live = aColouredLive({ desired: 2, idle: anIdle({ desired: standby }) });
  const lives = { [aRegion]: live, ...(elsewhere === undefined ? {} : { [anotherRegion]: live }) };
  const colour = { ...nothing, healthyHosts: [] };
  const inUse: Record<string, Series | undefined> = { [aRegion]: connections, [anotherRegion]: elsewhere };
  let now = 1_000_000;
  const clock = {
    now: () => now,
    async sleep(milliseconds: number) {
      now += milliseconds;
    },
  };
  const metrics = {
    measure: async ({ region }: Target) => ({
      blue: colour,
      green: colour,
      balancer: { elb5xx: [], activeConnections: [], requests: [] },
      database: {
        connections: now < from ? [] : (inUse[region] ?? []),
        max: 100,
      },
    }),
  };
  const world = { metrics, clock, policy: aPolicy() };
  return checkDatabase(deployment, { service, lives }, world, new AbortController().signal);
}

describe('the room a database has for a second colour', () => {
  it.each([
    [60, 'passed'],
    [61, 'failed'],
  ])('with %i of 100 connections in use, 20 more to come and at most 80 allowed: %s', async (value, kind) => {
    expect((await check([{ at: 0, value }]))?.kind).toBe(kind);
  });

  it('is told with its numbers', async () => {
    expect(await check([{ at: 0, value: 85 }])).toEqual({
      kind: 'failed',
      problem:
        'the database shop has no room for a second set of tasks: 85 of 100 connections are in use and the new tasks need about 20 more, which is 105 %; at most 80 % may be in use.',
      remedy: 'Deploy in a quieter hour, give the database more connections, or let each task hold fewer.',
    });
  });

  it('counts the busiest of the newest measurements', async () => {
    const connections = [70, 20].map((value, index) => ({ at: index, value }));

    expect((await check(connections))?.kind).toBe('failed');
  });

  it('counts no connections twice that tasks on standby hold already', async () => {
    expect((await check([{ at: 0, value: 80 }], { standby: 2 }))?.kind).toBe('passed');
  });

  it('is needed in every region', async () => {
    const quiet = [{ at: 0, value: 10 }];
    const busy = [{ at: 0, value: 61 }];

    expect((await check(quiet, { elsewhere: busy }))?.kind).toBe('failed');
    expect((await check(busy, { elsewhere: quiet }))?.kind).toBe('failed');
    expect((await check(quiet, { elsewhere: quiet }))?.kind).toBe('passed');
  });

  it.each([
    [80, 'passed'],
    [81, 'failed'],
  ])(
    'may be used to the last connection where no gate is stricter: %i and 20 more %s',
    async (value, kind) => {
      expect((await check([{ at: 0, value }], { gates: aGatePolicy({ pass: {} }) }))?.kind).toBe(kind);
    },
  );

  it('is waited for where the metric has only just begun', async () => {
    expect((await check([{ at: 0, value: 10 }], { from: 1_030_000 }))?.kind).toBe('passed');
  });

  it('is not taken for granted where nobody knows how many are in use', async () => {
    expect(await check([])).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('does not say how many connections the database shop'),
    });
  });

  it('is not asked for where the policy does not say how many a task holds', async () => {
    expect(await check([], { policy: { instance: 'shop', maxConnections: 100 } })).toBeUndefined();
  });
});
