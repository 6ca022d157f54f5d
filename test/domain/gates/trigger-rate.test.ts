import { describe, expect, it } from 'vitest';
import { aBaseline, type Measured, readingOf, rounds, triggersOf } from './measured.ts';

const errors = { errors: 0.05 };

/** Two minutes alike, each with so many of 100 requests failed. */
function bothMinutes(target5xx: number, measured: Measured = {}): Measured {
  return { next: { requests: [100, 100], target5xx: [target5xx, target5xx] }, ...measured };
}

describe('the error trigger', () => {
  it('rolls back just over its limit', () => {
    const judgement = triggersOf(bothMinutes(5.1), errors);

    expect(judgement.decision).toBe('roll-back');
    expect(judgement.because).toBe('5.1 % of 200 requests failed within 2 minutes; at most 5 % may.');
  });

  it('is quiet at its limit', () => {
    const judgement = triggersOf(bothMinutes(5), errors);

    expect(judgement).not.toHaveProperty('because');
    expect(readingOf(judgement, 'errors')).toMatchObject({
      kind: 'passed',
      value: 0.05,
      requests: 100,
      words: '5 % of 100 requests failed within 1 minute; at most 5 % may.',
    });
  });

  it('is not judged without a limit', () => {
    expect(triggersOf(bothMinutes(100), {}).readings.map(({ gate }) => gate)).toEqual(['healthy-targets']);
  });

  it('counts connection errors', () => {
    const next = { requests: [100, 100], target5xx: [3, 3], connectionErrors: [3, 3] };

    expect(triggersOf({ next }, errors).decision).toBe('roll-back');
  });

  it('takes a missing count beside requests for 0', () => {
    const next = { requests: [100, 100], target5xx: [6] };

    expect(triggersOf({ next }, errors).decision).toBe('go-on-watching');
  });

  it('takes minutes without requests for no evidence, whatever else they count', () => {
    const next = { requests: [0, undefined], target5xx: [10, 10], connectionErrors: [50, 50] };
    const judgement = triggersOf({ next, elb5xx: [90, 90], baseline: aBaseline() }, errors);

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'errors')).toMatchObject({ kind: 'inconclusive', words: 'No requests yet.' });
  });

  it('says how far it is while a breach has not lasted', () => {
    const judgement = triggersOf({ next: { requests: [100], target5xx: [10] } }, errors);

    expect(readingOf(judgement, 'errors')).toMatchObject({
      kind: 'inconclusive',
      words:
        '10 % of 100 requests failed within 1 minute; at most 5 % may, and traffic goes back when it lasts for 2 minutes.',
    });
  });

  it('adds minutes up until there are enough requests to say something', () => {
    const next = { requests: [500, 30, 30], target5xx: [0, 0, 1] };
    const reading = readingOf(triggersOf({ next }, errors), 'errors');

    expect(reading).toMatchObject({ kind: 'passed', requests: 60 });
    expect(reading.words).toBe('1.7 % of 60 requests failed within 2 minutes; at most 5 % may.');
  });
});

describe('the error trigger with few requests', () => {
  it.each([
    [25, 2, 'roll-back'],
    [24, 2, 'go-on-watching'],
    [50, 3, 'roll-back'],
  ])('with %i requests and %i errors a minute: %s', (requests, failed, decision) => {
    const next = { requests: [requests, requests], target5xx: [failed, failed] };

    expect(triggersOf({ next }, errors).decision).toBe(decision);
  });

  it('never rolls back for fewer than 3 errors', () => {
    const two = { requests: [30, 30], target5xx: [1, 1] };
    const three = { requests: [30, 30], target5xx: [2, 1] };

    expect(triggersOf({ next: two }, { errors: 0.01 }).decision).toBe('go-on-watching');
    expect(triggersOf({ next: three }, { errors: 0.01 }).decision).toBe('roll-back');
  });

  it('says how many it takes', () => {
    const reading = readingOf(triggersOf({ next: { requests: [12] } }, errors), 'errors');

    expect(reading).toMatchObject({ kind: 'inconclusive', needed: 50 });
    expect(reading.words).toBe('None of 12 requests failed within 1 minute; it takes 50 requests to judge.');
  });
});

describe('the errors of the load balancer itself', () => {
  const requests = [100, 100];

  it('are the new colour’s, as far as there are more than before', () => {
    const baseline = aBaseline({ elb5xxPerBucket: 1 });

    expect(triggersOf({ next: { requests }, elb5xx: [7, 7], baseline }, errors).decision).toBe('roll-back');
    expect(triggersOf({ next: { requests }, elb5xx: [6, 6], baseline }, errors).decision).toBe(
      'go-on-watching',
    );
  });

  it('are nobody’s while they are as many as chance makes of those before', () => {
    const next = { requests: [20, 20, 20] };
    const baseline = aBaseline({ elb5xxPerBucket: 4 });

    expect(triggersOf({ next, elb5xx: [10, 10, 10], baseline }, errors).decision).toBe('go-on-watching');
    expect(triggersOf({ next, elb5xx: [11, 11, 11], baseline }, errors).decision).toBe('roll-back');
  });

  it('are not the new colour’s while the other had no healthy target', () => {
    const failing: Measured = { next: { requests }, elb5xx: [90, 90], baseline: aBaseline() };

    expect(triggersOf({ ...failing, live: { healthyHosts: [0] } }, errors).decision).toBe('go-on-watching');
    expect(triggersOf({ ...failing, live: { healthyHosts: [2, 2] } }, errors).decision).toBe('roll-back');
  });

  it('do not count where nothing is known of the time before', () => {
    expect(triggersOf({ next: { requests }, elb5xx: [90, 90] }, errors).decision).toBe('go-on-watching');
  });

  it('are never more than all requests', () => {
    const next = { requests, connectionErrors: [100, 100] };
    const judgement = triggersOf({ next, elb5xx: [100, 100], baseline: aBaseline() }, errors);

    expect(readingOf(judgement, 'errors').value).toBe(1);
  });

  it('roll nothing back while neither colour answers the probe', () => {
    const failing: Measured = { next: { requests }, elb5xx: [20, 20], baseline: aBaseline() };
    const probe = rounds('---', '---');

    expect(triggersOf(failing, errors).decision).toBe('roll-back');
    expect(triggersOf({ ...failing, probe }, errors).decision).toBe('hold');
    expect(readingOf(triggersOf({ ...failing, probe }, errors), 'errors')).toMatchObject({
      isShared: true,
      words:
        '20 % of 200 requests failed within 2 minutes, and neither release answers: something that both share is to blame, such as the database.',
    });
  });

  it('do not excuse the new colour’s own, though neither colour answers the probe', () => {
    const failing = bothMinutes(10, { elb5xx: [20, 20], baseline: aBaseline(), probe: rounds('---', '---') });

    expect(triggersOf(failing, errors).decision).toBe('roll-back');
  });
});

describe('answers of 400 and more', () => {
  it('count as far as the new colour has a larger share of them than the live one', () => {
    const live = { requests: [900, 900], target4xx: [90, 90] };
    const worse = { requests: [200, 200], target4xx: [60, 60] };
    const alike = { requests: [200, 200], target4xx: [20, 20] };

    expect(readingOf(triggersOf({ next: worse, live }, errors), 'errors').value).toBeCloseTo(0.2, 10);
    expect(triggersOf({ next: worse, live }, errors).decision).toBe('roll-back');
    expect(triggersOf({ next: alike, live }, errors).decision).toBe('go-on-watching');
  });

  it('do not count as far as chance explains them', () => {
    const live = { requests: [30, 30], target4xx: [3, 3] };
    const next = { requests: [30, 30], target4xx: [8, 8] };

    expect(readingOf(triggersOf({ next, live }, errors), 'errors').value).toBe(0);
  });

  it('are compared with those before once the live colour takes no requests', () => {
    const next = { requests: [200, 200], target4xx: [60, 60] };

    expect(triggersOf({ next, baseline: aBaseline({ fourXx: 0.3 }) }, errors).decision).toBe(
      'go-on-watching',
    );
    expect(triggersOf({ next, baseline: aBaseline({ fourXx: 0.1 }) }, errors).decision).toBe('roll-back');
  });

  it('do not count where there is nothing to compare them with', () => {
    const next = { requests: [200, 200], target4xx: [60, 60] };

    expect(triggersOf({ next }, errors).decision).toBe('go-on-watching');
  });
});

describe('a catastrophe', () => {
  it.each([
    [20, 5, 'roll-back'],
    [20, 4, 'go-on-watching'],
    [19, 19, 'go-on-watching'],
    [100, 25, 'roll-back'],
    [100, 24, 'go-on-watching'],
  ])('in one minute with %i requests and %i errors: %s', (requests, failed, decision) => {
    const next = { requests: [requests], target5xx: [failed] };

    expect(triggersOf({ next }, errors).decision).toBe(decision);
  });

  it('counts though Forge only looks when it is over', () => {
    const judgement = triggersOf({ next: { requests: [100, 100], target5xx: [40, 0] } }, errors);

    expect(judgement.because).toBe(
      '40 % of 100 requests failed within 1 minute; from 25 % on traffic goes back at once.',
    );
  });

  it('is none where more is allowed anyway', () => {
    expect(triggersOf({ next: { requests: [100], target5xx: [40] } }, { errors: 0.5 }).decision).toBe(
      'go-on-watching',
    );
  });

  it('of both colours holds as long as it is going on', () => {
    const live = { requests: [20, 100], target5xx: [10, 0] };
    const now = { next: { requests: [100], target5xx: [50] }, live };
    const over = { next: { requests: [100, 100], target5xx: [50, 0] }, live };

    expect(triggersOf(now, errors)).toMatchObject({
      decision: 'hold',
      because:
        "50 % of 100 requests failed within 1 minute, and 50 % of the previous release's 20 requests at the same time: something that both share is to blame, such as the database.",
    });
    expect(triggersOf(over, errors).decision).toBe('go-on-watching');
  });

  it('of both colours is over with the next requests, few as they are', () => {
    const next = { requests: [100, 5], target5xx: [50, 0] };
    const live = { requests: [100, 100], target5xx: [50, 0] };

    expect(triggersOf({ next, live }, errors).decision).toBe('go-on-watching');
  });

  it('of the live colour with too few requests is no excuse', () => {
    const measured = {
      next: { requests: [100], target5xx: [50] },
      live: { requests: [19], target5xx: [19] },
    };

    expect(triggersOf(measured, errors).decision).toBe('roll-back');
  });
});

describe('errors of both colours in the same minutes', () => {
  const live = (failed: number, requests = 1000) => ({
    requests: [requests, requests],
    target5xx: [failed, failed],
  });

  it('hold', () => {
    const judgement = triggersOf(bothMinutes(10, { live: live(100) }), errors);

    expect(judgement.decision).toBe('hold');
    expect(readingOf(judgement, 'errors')).toMatchObject({ kind: 'inconclusive', isShared: true });
  });

  it('are the new colour’s where it is clearly worse', () => {
    expect(triggersOf(bothMinutes(9, { live: live(60) }), errors).decision).toBe('hold');
    expect(triggersOf(bothMinutes(9.1, { live: live(60) }), errors).decision).toBe('roll-back');
  });

  it('are the new colour’s while the live one is within the limit', () => {
    expect(triggersOf(bothMinutes(6, { live: live(50) }), errors).decision).toBe('roll-back');
  });

  it('are not compared with a handful of requests', () => {
    expect(triggersOf(bothMinutes(10, { live: live(5, 24) }), errors).decision).toBe('roll-back');
    expect(triggersOf(bothMinutes(10, { live: live(5, 25) }), errors).decision).toBe('hold');
  });
});

describe('trouble that both colours had', () => {
  it('excuses the new colour no more once the live one is over it', () => {
    const next = { requests: [100, 100, 100, 100], target5xx: [10, 10, 10, 10] };
    const live = { requests: [900, 900, 900, 900], target5xx: [900, 90, 0, 0] };

    expect(triggersOf({ next, live }, errors)).toMatchObject({
      decision: 'roll-back',
      because: '10 % of 200 requests failed within 2 minutes; at most 5 % may.',
    });
  });
});

describe('errors that were there before the first shift', () => {
  const baseline = aBaseline({ errors: 0.1 });

  it('are passed with a warning while they are no worse', () => {
    const judgement = triggersOf(bothMinutes(12, { baseline }), errors);

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'errors')).toMatchObject({
      kind: 'passed',
      isRelative: true,
      words: '12 % of 100 requests failed within 1 minute: no more than before this deployment (10 %).',
    });
  });

  it('roll back when they are clearly worse', () => {
    expect(triggersOf(bothMinutes(12.1, { baseline }), errors).decision).toBe('roll-back');
  });

  it('are no excuse where they were within the limit', () => {
    expect(triggersOf(bothMinutes(5.5, { baseline: aBaseline({ errors: 0.05 }) }), errors).decision).toBe(
      'roll-back',
    );
  });

  it('were a catastrophe already', () => {
    const catastrophe = bothMinutes(30, { baseline: aBaseline({ errors: 0.3 }) });

    expect(triggersOf(catastrophe, errors).decision).toBe('go-on-watching');
  });
});

describe('the 5xx trigger', () => {
  it.each([
    [2, 'go-on-watching'],
    [2.1, 'roll-back'],
  ])('with %d of 100 requests: %s', (failed, decision) => {
    expect(triggersOf(bothMinutes(failed), { fiveXx: 0.02 }).decision).toBe(decision);
  });

  it('counts neither connection errors nor those of the load balancer', () => {
    const next = { requests: [100, 100], connectionErrors: [50, 50], target4xx: [50, 50] };

    expect(triggersOf({ next, elb5xx: [50, 50], baseline: aBaseline() }, { fiveXx: 0.02 }).decision).toBe(
      'go-on-watching',
    );
  });

  it('is compared with the live colour and with before', () => {
    const live = { requests: [1000, 1000], target5xx: [30, 30] };

    expect(triggersOf(bothMinutes(3, { live }), { fiveXx: 0.02 }).decision).toBe('hold');
    expect(
      triggersOf(bothMinutes(3, { baseline: aBaseline({ fiveXx: 0.03 }) }), { fiveXx: 0.02 }).decision,
    ).toBe('go-on-watching');
  });

  it('has no fast path of its own', () => {
    expect(triggersOf({ next: { requests: [100], target5xx: [90] } }, { fiveXx: 0.02 }).decision).toBe(
      'go-on-watching',
    );
  });

  it('speaks of server errors', () => {
    const { because } = triggersOf(bothMinutes(3), { fiveXx: 0.02 });

    expect(because).toBe('3 % of 200 requests got a server error within 2 minutes; at most 2 % may.');
  });
});
