import { describe, expect, it } from 'vitest';
import { judgeTriggers } from '../../../src/domain/gates/index.ts';
import { aBaseline, aPolicy, measurements, readingOf, rounds, SINCE, triggersOf } from './measured.ts';

const every = { errors: 0.05, fiveXx: 0.02, p99: 1000, activeConnectionsBelow: 0.5 };

describe('healthy targets', () => {
  it.each([
    [0, 1, 'roll-back'],
    [1, 1, 'go-on-watching'],
    [1, 0, 'go-on-watching'],
    [0, 0, 'hold'],
  ])('with %i of the new colour and %i of the live one: %s', (next, live, decision) => {
    const targets = { next: { healthy: next, wanted: 2 }, live: { healthy: live, wanted: 2 } };

    expect(triggersOf({ targets }, {}).decision).toBe(decision);
  });

  it('are told', () => {
    const targets = { next: { healthy: 0, wanted: 2 } };

    expect(triggersOf({ targets }, {}).because).toBe(
      'None of its tasks is healthy; the other release has 2 healthy tasks.',
    );
    expect(readingOf(triggersOf({}, {}), 'healthy-targets').words).toBe('2 of 2 tasks healthy.');
  });

  it('that could not be read decide nothing', () => {
    const judgement = triggersOf(
      {
        targets: { next: { healthy: 0, wanted: 2 } },
        unread: { targets: 'the load balancer does not answer' },
      },
      {},
    );

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'healthy-targets')).toMatchObject({
      kind: 'error',
      words: 'Could not be read: the load balancer does not answer.',
    });
  });
});

describe('the probe', () => {
  it.each([
    ['---', '+++', 'roll-back'],
    ['+--', '+++', 'go-on-watching'],
    ['--', '++', 'go-on-watching'],
    ['---+', '++++', 'go-on-watching'],
    ['+---', '-+++', 'roll-back'],
    ['---', '---', 'hold'],
    ['---', '++-', 'hold'],
    ['----', '+-++', 'roll-back'],
    ['+++', '---', 'go-on-watching'],
    ['', '', 'go-on-watching'],
  ])('of the new colour `%s` beside the live one `%s`: %s', (next, live, decision) => {
    expect(triggersOf({ probe: rounds(next, live) }, {}).decision).toBe(decision);
  });

  it('tells how often it was not answered', () => {
    const words = (next: string, live: string) =>
      readingOf(triggersOf({ probe: rounds(next, live) }, {}), 'probe').words;

    expect(words('+', '+')).toBe('Answers.');
    expect(words('+-', '++')).toBe('Did not answer 1 time in a row.');
    expect(words('+---', '++++')).toBe(
      'The new release did not answer 3 times in a row, while the previous one did.',
    );
    expect(words('---', '---')).toBe(
      'Neither release answered 3 times in a row: one cannot tell whose fault it is.',
    );
  });
});

describe('a look', () => {
  it('reads every gate with a limit', () => {
    const judgement = triggersOf({ baseline: aBaseline(), probe: rounds('+', '+') }, every);

    expect(judgement.readings.map(({ gate }) => gate)).toEqual([
      'errors',
      '5xx',
      'p99',
      'active-connections',
      'healthy-targets',
      'probe',
    ]);
  });

  it('rolls back when one gate says so, though another holds', () => {
    const next = { requests: [100, 100], target5xx: [10, 10], p99Ms: [1500, 1500] };
    const live = { requests: [900, 900], p99Ms: [1500, 1500] };

    expect(triggersOf({ next, live }, { errors: 0.05, p99: 1000 }).decision).toBe('roll-back');
    expect(triggersOf({ next, live }, { p99: 1000 }).decision).toBe('hold');
  });

  it('says every reason', () => {
    const next = { requests: [100, 100], target5xx: [10, 10] };

    expect(triggersOf({ next }, { errors: 0.05, fiveXx: 0.02 }).because).toBe(
      '10 % of 200 requests failed within 2 minutes; at most 5 % may. 10 % of 200 requests got a server error within 2 minutes; at most 2 % may.',
    );
  });

  it('decides nothing by metrics that could not be read', () => {
    const next = { requests: [100, 100], target5xx: [90, 90] };
    const judgement = triggersOf({ next, baseline: aBaseline(), unread: { metrics: 'no answer' } }, every);

    expect(judgement.decision).toBe('go-on-watching');
    expect(judgement.readings.map(({ kind }) => kind)).toEqual([
      'error',
      'error',
      'error',
      'error',
      'passed',
    ]);
    expect(readingOf(judgement, 'errors')).toEqual({
      ...{ gate: 'errors', limit: 0.05, unit: 'share', bound: 'at-most' },
      ...{ kind: 'error', words: 'Could not be read: no answer.' },
    });
  });

  it('rolls back by health though the metrics could not be read', () => {
    const targets = { next: { healthy: 0, wanted: 2 } };

    expect(triggersOf({ targets, unread: { metrics: 'no answer' } }, every).decision).toBe('roll-back');
  });
});

describe('the buckets that count', () => {
  const policy = aPolicy({ rollBackWhen: { for: 120_000, errors: 0.05 } });
  const bad = measurements({ next: { requests: [100, 100], target5xx: [10, 10] } });

  it('begin when the step had settled', () => {
    expect(judgeTriggers(bad, policy, SINCE).decision).toBe('roll-back');
    expect(judgeTriggers(bad, policy, SINCE + 1).decision).toBe('go-on-watching');
  });

  it('are all there', () => {
    const early = { ...bad, visibleUntil: bad.visibleUntil - 1 };

    expect(judgeTriggers(early, policy, SINCE).decision).toBe('go-on-watching');
  });

  it('are over', () => {
    const now = SINCE + 2 * 60_000 - 1;
    const wishful = { ...bad, now, visibleUntil: now + 600_000 };

    expect(readingOf(judgeTriggers(wishful, policy, SINCE), 'errors').at).toBe(SINCE + 60_000);
  });

  it('are told by the end of the newest', () => {
    expect(readingOf(judgeTriggers(bad, policy, SINCE), 'errors').at).toBe(SINCE + 120_000);
  });
});
