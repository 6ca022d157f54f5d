import { afterEach, describe, expect, it } from 'vitest';
import { createCloudWatchMetrics } from '../../src/metrics/cloudwatch.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';
import { type Script, type ScriptedAws, startScriptedAws } from '../aws/scripted-aws.ts';
import { api, rules, twoColouredPolicy } from '../aws/two-coloured-aws.ts';

const minute = 60_000;
const request = { from: 0, until: 5 * minute, periodSeconds: 60 };
const options = { signal: new AbortController().signal };

let aws: ScriptedAws | undefined;
afterEach(async () => {
  await aws?.close();
  aws = undefined;
});

describe('an answer of CloudWatch', () => {
  it('is read to its last page, and is in order though its pages are not', async () => {
    const { measured, calls } = await measure((input) =>
      input.NextToken === undefined
        ? { NextToken: 'more', ...answer(input, [1, 3], 'PartialData') }
        : answer(input, [2], 'Complete'),
    );

    expect((await measured).blue.requests).toEqual([
      { at: minute, value: 1 },
      { at: 2 * minute, value: 2 },
      { at: 3 * minute, value: 3 },
    ]);
    expect(calls()).toBe(2);
  });

  it('is asked for in one call: everything, ascending, on the edges of buckets', async () => {
    const inputs: unknown[] = [];
    const { measured } = await measure((input) => {
      inputs.push(input);
      return answer(input, [], 'Complete');
    });
    await measured;

    expect(inputs).toEqual([expect.objectContaining({ StartTime: 0, EndTime: 300 })]);
    expect(inputs[0]).toHaveProperty('ScanBy', 'TimestampAscending');
    expect(JSON.stringify(inputs[0])).not.toContain('Unit"');
  });

  it('tells the percentiles of the whole window as one bucket', async () => {
    const { measured } = await measure(
      (input) => ({
        MetricDataResults: answer(input, [], 'Complete').MetricDataResults.map((one) =>
          one.Id === 'green_windowP99' ? { ...one, Timestamps: [0, 240], Values: [0.25, 9] } : one,
        ),
      }),
      { percentilesUntil: 4 * minute },
    );

    expect(await measured).toMatchObject({ green: { windowP99Ms: 250 } });
    expect((await measured).green).not.toHaveProperty('windowP95Ms');
    expect(aws?.calls[0]?.input.MetricDataQueries).toContainEqual({
      Id: 'green_windowP99',
      MetricStat: expect.objectContaining({ Period: 240, Stat: 'p99' }),
    });
  });

  it('of another window than the one asked for does not count', async () => {
    const { measured } = await measure((input) => answer(input, [1], 'Complete'), {
      percentilesUntil: 4 * minute,
    });

    expect((await measured).green).not.toHaveProperty('windowP99Ms');
  });

  it.each(['PartialData', 'InternalError'])('that ends as %s is none', async (status) => {
    const { measured } = await measure((input) => answer(input, [1], status));

    await expect(measured).rejects.toBeInstanceOf(PlatformUnavailable);
    await expect(measured).rejects.toThrow(
      'Could not read the metrics of api in production (us-east-1): CloudWatch gave only a part of them.',
    );
  });

  it('in which one series failed is none', async () => {
    const { measured } = await measure((input) => {
      const { MetricDataResults } = answer(input, [1], 'Complete');
      return {
        MetricDataResults: MetricDataResults.map((one) =>
          one.Id === 'green_target5xx' ? { ...one, StatusCode: 'InternalError' } : one,
        ),
      };
    });

    await expect(measured).rejects.toBeInstanceOf(PlatformUnavailable);
  });

  it('that leaves a series out is none', async () => {
    const { measured } = await measure((input) => ({
      MetricDataResults: answer(input, [1], 'Complete').MetricDataResults.slice(1),
    }));

    await expect(measured).rejects.toBeInstanceOf(PlatformUnavailable);
  });

  it('that Forge may not see says what to allow', async () => {
    const { measured } = await measure((input) => answer(input, [], 'Forbidden'));

    await expect(measured).rejects.toBeInstanceOf(PlatformRefused);
    await expect(measured).rejects.toThrow('Allow Forge’s role cloudwatch:GetMetricData.');
  });

  it('is waited for when AWS throttles', async () => {
    let calls = 0;
    const { measured } = await measure((input) => {
      calls += 1;
      return calls === 1
        ? { error: 'ThrottlingException', message: 'Rate exceeded' }
        : answer(input, [1], 'Complete');
    });

    expect((await measured).balancer.requests).toEqual([{ at: minute, value: 1 }]);
  });

  it.each([
    ['InternalServiceError', 500, PlatformUnavailable, /^Could not read .*: AWS has a fault of its own\.$/],
    [
      'AccessDeniedException',
      400,
      PlatformRefused,
      /^AWS refuses to read .* Allow Forge’s role to do this\.$/,
    ],
  ])('that is %s gives no numbers', async (error, status, kind, sentence) => {
    const { measured } = await measure(() => ({ error, message: 'No', status }));

    await expect(measured).rejects.toBeInstanceOf(kind);
    await expect(measured).rejects.toThrow(sentence);
  });

  it('is not asked for where no bucket begins', async () => {
    const { measured, calls } = await measure((input) => answer(input, [1], 'Complete'), { until: 0 });

    const { blue, balancer } = await measured;
    expect([blue.requests, blue.healthyHosts, balancer.requests]).toEqual([[], [], []]);
    expect(calls()).toBe(0);
  });

  it('that never ends is given up', async () => {
    const { measured } = await measure((input) => ({
      NextToken: 'more',
      ...answer(input, [1], 'PartialData'),
    }));

    await expect(measured).rejects.toThrow('CloudWatch’s answer does not end.');
  });
});

describe('a target whose rules are of two load balancers', () => {
  it('is not measured', async () => {
    const [first = ''] = rules;
    const policy = twoColouredPolicy({ rules: [first, first.replace('forge-production', 'other')] });
    aws = await startScriptedAws({});

    const measured = createCloudWatchMetrics({ policy, clients: aws.clients }).measure(api, request, options);

    await expect(measured).rejects.toThrow(
      'The rules of api in production (us-east-1) are not of one application load balancer. Check their ARNs in forge.yml.',
    );
  });
});

async function measure(
  answering: NonNullable<Script[string]>,
  change: { until?: number; percentilesUntil?: number } = {},
) {
  const started = await startScriptedAws({ GetMetricData: answering });
  aws = started;
  const metrics = createCloudWatchMetrics({ policy: twoColouredPolicy(), clients: started.clients });
  const measured = metrics.measure(api, { ...request, ...change }, options);
  // Some tests look at the calls first.
  measured.catch(() => undefined);
  return { measured, calls: () => started.calls.length };
}

/** Every series that was asked for, with these values at 1, 2, 3 … minutes as far as they are numbered so. */
function answer(input: Record<string, unknown>, values: number[], StatusCode: string) {
  const { MetricDataQueries } = input;
  const queries: { Id: string }[] = Array.isArray(MetricDataQueries) ? MetricDataQueries : [];
  return {
    MetricDataResults: queries.map(({ Id }) => ({
      Id,
      Timestamps: values.map((value) => value * 60),
      Values: values,
      StatusCode,
    })),
  };
}
