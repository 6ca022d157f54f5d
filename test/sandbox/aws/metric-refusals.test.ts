import { GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { count, metricQuery } from './metric-queries.ts';
import { startAws, type TestAws } from './start-aws.ts';

describe('GetMetricData', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ running: 'in-process' });
  });
  afterAll(() => world.stop());

  it.each([
    ['an id that begins with a capital', [metricQuery('Req', count('RequestCount'))], /pattern \^\[a-z\]/],
    [
      'an id twice',
      [metricQuery('q', count('RequestCount')), metricQuery('q', count('RequestCount'))],
      /duplicated/,
    ],
    ['no query', [], /is required/],
    [
      '501 queries',
      Array.from({ length: 501 }, (_, index) => metricQuery(`q${index}`, count('RequestCount'))),
      /greater than 500/,
    ],
    ['a period of 90 s', [metricQuery('q', { ...count('RequestCount'), period: 90 })], /multiple of 60/],
    [
      'an unknown statistic',
      [metricQuery('q', { ...count('RequestCount'), stat: 'p101' })],
      /p101 for parameter Stat/,
    ],
    [
      'unknown metric math',
      [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(q, 2)' }],
      /Error in expression 'e'/,
    ],
    ['an expression over nothing', [{ Id: 'e', Expression: 'q * 2' }], /id 'q' is unknown/],
  ])('refuses %s', async (_, MetricDataQueries, message) => {
    await expect(ask60s({ MetricDataQueries })).rejects.toMatchObject({
      Code: 'ValidationError',
      message: expect.stringMatching(message),
    });
  });

  it('refuses a window that ends before it begins, and a token it never gave', async () => {
    const MetricDataQueries = [metricQuery('q', count('RequestCount'))];

    const backwards = { MetricDataQueries, StartTime: new Date(60_000), EndTime: new Date(0) };
    await expect(world.cloudWatch.send(new GetMetricDataCommand(backwards))).rejects.toMatchObject({
      message: 'The parameter StartTime must be less than the parameter EndTime.',
    });
    await expect(ask60s({ MetricDataQueries, NextToken: 'made up' })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
  });

  async function ask60s(input: Partial<GetMetricDataCommandInput>) {
    const window = { StartTime: new Date(Date.now() - 60_000), EndTime: new Date() };
    return await world.cloudWatch.send(
      new GetMetricDataCommand({ MetricDataQueries: [], ...window, ...input }),
    );
  }
});
