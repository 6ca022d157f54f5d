import { describe, expect, it } from 'vitest';
import { measureSince } from '../../../jobs/observe/measure.ts';
import { aPolicy, aTiming } from '../../builders.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { FakeMetrics } from '../../fakes/metrics.ts';

const minute = 60_000;
const target = { service: 'checkout', environment: 'production', region: 'eu-west-1' };

describe('what is measured since the weights had settled', () => {
  it('begins with the first whole bucket after that: percentiles of all requests have nothing from before', async () => {
    const clock = createFakeClock();
    const metrics = new FakeMetrics(clock);
    const policy = aPolicy({ timing: aTiming({ metricPeriod: minute, metricDelay: 3 * minute }) });
    const first = Math.ceil(clock.now() / minute) * minute;
    const settled = first + 15_000;
    await clock.advance(first - clock.now() + 10 * minute);

    await measureSince(
      { target, to: 'green', since: settled },
      { metrics, clock, policy },
      new AbortController().signal,
    );

    expect(metrics.calls).toMatchObject([{ from: first + minute }]);
  });
});
