import fc from 'fast-check';
import { aBaseline, type Measured, type Side } from './measured.ts';

const BUCKETS = 6;

function values(max: number): fc.Arbitrary<(number | undefined)[]> {
  const value = fc.option(fc.integer({ min: 0, max }), { nil: undefined, freq: 6 });
  return fc.array(value, { minLength: BUCKETS, maxLength: BUCKETS });
}

function aSide(requests: number): fc.Arbitrary<Side> {
  return fc.record({
    requests: values(requests),
    target5xx: values(Math.ceil(requests / 10)),
    target4xx: values(Math.ceil(requests / 10)),
    connectionErrors: values(Math.ceil(requests / 20)),
    p95Ms: values(1500),
    p99Ms: values(3000),
  });
}

const share = fc.constantFrom(undefined, 0, 0.004, 0.02, 0.1, 0.3);

const aBaselineOfAny = fc
  .record({
    errors: share,
    fiveXx: share,
    p95Ms: fc.constantFrom(200, 900),
    p99Ms: fc.constantFrom(300, 2000),
  })
  .map((baseline) => aBaseline(baseline));

/** Anything that may be measured in six buckets, of at most so many requests each. */
export function aLook(requests = 400): fc.Arbitrary<Measured & { next: Side; live: Side }> {
  return fc.record({
    next: aSide(requests),
    live: aSide(requests * 2),
    elb5xx: values(5),
    activeConnections: values(120),
    requests: values(1200),
    baseline: aBaselineOfAny,
    buckets: fc.constant(BUCKETS),
  });
}
