import { describe, expect, it } from 'vitest';
import { aBaseline, type Measured, readingOf, targetsOf } from './measured.ts';

const errors = { errors: 0.01 };

function taken(requests: number, target5xx: number, measured: Measured = {}): Measured {
  return { next: { requests: [requests], target5xx: [target5xx] }, ...measured };
}

describe('the target of errors', () => {
  it.each([
    [298, 0, 'inconclusive'],
    [299, 0, 'passed'],
    [472, 1, 'inconclusive'],
    [473, 1, 'passed'],
    [1000, 4, 'passed'],
    [1000, 15, 'inconclusive'],
    [1000, 16, 'failed'],
    [100, 3, 'inconclusive'],
    [100, 4, 'failed'],
    [49, 49, 'inconclusive'],
    [50, 50, 'failed'],
    [50, 2, 'inconclusive'],
    [50, 3, 'failed'],
  ])('with %i requests and %i errors, where fewer than 1 in 100 may fail: %s', (requests, failed, kind) => {
    expect(targetsOf(taken(requests, failed), errors).kind).toBe(kind);
  });

  it('needs 50 requests, however few would be enough to prove it', () => {
    expect(targetsOf(taken(49, 0), { errors: 0.5 }).kind).toBe('inconclusive');
    expect(targetsOf(taken(50, 0), { errors: 0.5 }).kind).toBe('passed');
  });

  it('is never missed by fewer than 3 errors', () => {
    expect(targetsOf(taken(50, 2), { errors: 0.001 }).kind).toBe('inconclusive');
    expect(targetsOf(taken(50, 3), { errors: 0.001 }).kind).toBe('failed');
  });

  it('is proven by whole errors, though the load balancer made a fraction more than before', () => {
    const baseline = aBaseline({ elb5xxPerBucket: 0.6 });

    expect(targetsOf(taken(400, 0, { elb5xx: [3], baseline }), errors).evidence?.needed).toBe(628);
  });

  it('counts all buckets since the shift together', () => {
    expect(targetsOf({ next: { requests: [100, 100, undefined, 99] } }, errors).kind).toBe('passed');
  });

  it('says how many requests are enough', () => {
    const none = targetsOf(taken(212, 0), errors);
    const one = targetsOf(taken(212, 1), errors);

    expect(none).toMatchObject({
      because: 'None of 212 requests failed; about 300 without a failure would prove that less than 1 % do.',
      evidence: { requests: 212, needed: 299 },
    });
    expect(one).toMatchObject({
      because:
        '1 of 212 requests failed; about 480 without another failure would prove that less than 1 % do.',
      evidence: { requests: 212, needed: 473 },
    });
  });

  it('says that no number is enough where nothing at all may fail', () => {
    const result = targetsOf(taken(5000, 0), { errors: 0 });

    expect(result).not.toHaveProperty('evidence');
    expect(result).toMatchObject({
      kind: 'inconclusive',
      because: 'None of 5,000 requests failed; no number of requests can prove that less than 0 % do.',
    });
  });

  it('says what failed', () => {
    expect(targetsOf(taken(412, 20), errors).because).toBe(
      '4.9 % of 412 requests failed; less than 1 % may.',
    );
    expect(readingOf(targetsOf(taken(1204, 5), errors), 'errors')).toMatchObject({
      kind: 'passed',
      words: '0.42 % of 1,204 requests failed; less than 1 % may.',
    });
  });

  it('is proven at the confidence asked for', () => {
    expect(targetsOf(taken(299, 0), errors, { confidence: 0.99 }).kind).toBe('inconclusive');
    expect(targetsOf(taken(459, 0), errors, { confidence: 0.99 }).kind).toBe('passed');
  });

  it('counts connection errors, the load balancer’s own and a larger share of 4xx', () => {
    const next = { requests: [500, 500], connectionErrors: [5, 5], target4xx: [10, 10] };
    const live = { requests: [9000, 9000] };
    const result = targetsOf({ next, live, elb5xx: [5, 5], baseline: aBaseline() }, errors);

    expect(readingOf(result, 'errors').value).toBeCloseTo(0.04, 10);
  });
});

describe('no evidence', () => {
  it('is not passed where traffic has to prove it', () => {
    const result = targetsOf({ buckets: 5 }, { ...errors, fiveXx: 0.005 });

    expect(result).toMatchObject({ kind: 'inconclusive', evidence: { requests: 0, needed: 598 } });
    expect(readingOf(result, 'errors').words).toBe(
      'No requests yet; about 300 without a failure would prove that less than 1 % do.',
    );
  });

  it('is passed by smoke tests and health where they are enough', () => {
    const result = targetsOf({ buckets: 5 }, errors, { evidence: 'smoke' });

    expect(result.kind).toBe('passed');
    expect(readingOf(result, 'errors').words).toBe('No requests yet; passed by smoke tests and health.');
  });

  it.each([
    [12, 0, 'passed'],
    [12, 2, 'passed'],
    [12, 3, 'inconclusive'],
    [100, 4, 'failed'],
  ])('of %i requests with %i errors, where smoke tests are enough: %s', (requests, failed, kind) => {
    expect(targetsOf(taken(requests, failed), errors, { evidence: 'smoke' }).kind).toBe(kind);
  });
});

describe('the target of errors beside the live colour in the same minutes', () => {
  it('is nobody’s fault where both miss it', () => {
    const result = targetsOf(taken(1000, 30, { live: { requests: [1000], target5xx: [20] } }), errors);

    expect(result).toMatchObject({
      kind: 'inconclusive',
      isShared: true,
      because:
        "3 % of 1,000 requests failed, and 2 % of the previous release's 1,000 requests at the same time: something that both share is to blame, such as the database.",
    });
  });

  it('is the new colour’s fault where it is clearly worse, or the live one holds it', () => {
    const worse = taken(1000, 31, { live: { requests: [1000], target5xx: [20] } });
    const alone = taken(1000, 30, { live: { requests: [10_000], target5xx: [99] } });

    expect(targetsOf(worse, errors).kind).toBe('failed');
    expect(targetsOf(alone, errors).kind).toBe('failed');
  });

  it('is not compared with a handful of requests', () => {
    expect(targetsOf(taken(1000, 30, { live: { requests: [49], target5xx: [10] } }), errors).kind).toBe(
      'failed',
    );
  });
});

describe('a target that was missed before the first shift', () => {
  const baseline = aBaseline({ errors: 0.03, fiveXx: 0.03 });

  it('is passed with a warning while it is no worse', () => {
    const result = targetsOf(taken(1000, 36, { baseline }), errors);

    expect(result).toMatchObject({
      kind: 'passed',
      because: '3.6 % of 1,000 requests failed: no more than before this deployment (3 %).',
    });
    expect(readingOf(result, 'errors').isRelative).toBe(true);
  });

  it('is simply passed once it holds', () => {
    expect(targetsOf(taken(1000, 1, { baseline }), errors)).not.toHaveProperty('because');
  });

  it('fails when it is clearly worse', () => {
    expect(targetsOf(taken(1000, 37, { baseline }), errors).kind).toBe('inconclusive');
    expect(targetsOf(taken(1000, 50, { baseline }), errors).kind).toBe('failed');
  });

  it('still takes 50 requests', () => {
    expect(targetsOf(taken(49, 1, { baseline }), errors).kind).toBe('inconclusive');
    expect(targetsOf(taken(50, 1, { baseline }), errors).kind).toBe('passed');
  });

  it('is no excuse where it held then', () => {
    expect(targetsOf(taken(1000, 30, { baseline: aBaseline({ errors: 0.009 }) }), errors).kind).toBe(
      'failed',
    );
    expect(targetsOf(taken(1000, 12, { baseline: aBaseline({ errors: 0.01 }) }), errors).kind).toBe('passed');
  });

  it('is compared for 5xx by 5xx', () => {
    expect(targetsOf(taken(1000, 30, { baseline }), { fiveXx: 0.005 }).kind).toBe('passed');
    expect(
      targetsOf(taken(1000, 30, { baseline: aBaseline({ errors: 0.03 }) }), { fiveXx: 0.005 }).kind,
    ).toBe('failed');
  });
});

describe('the target of 5xx', () => {
  it.each([
    [597, 0, 'inconclusive'],
    [598, 0, 'passed'],
    [1000, 10, 'failed'],
  ])(
    'with %i requests and %i server errors, where fewer than 5 in 1000 may fail: %s',
    (requests, failed, kind) => {
      expect(targetsOf(taken(requests, failed), { fiveXx: 0.005 }).kind).toBe(kind);
    },
  );

  it('does not count other errors', () => {
    const next = { requests: [598], connectionErrors: [100], target4xx: [100] };

    expect(targetsOf({ next }, { fiveXx: 0.005 }).kind).toBe('passed');
  });
});
