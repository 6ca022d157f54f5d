import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aMoment } from '../builders.ts';
import { aCanary, aGate, baking, begun, done, gatesRead, goingBack, ready } from './canary.ts';
import { linesAfter } from './message-reading.ts';

const region = 'us-east-1';
const plan = aCanary();
const threeRegions = aCanary([region, 'eu-west-1', 'ap-southeast-1'], { asking: [50] });
const failing = goingBack(plan, 25);

describe('the gates', () => {
  const good = aGate({ gate: 'p95', value: '310 ms', limit: 'below 500 ms' });

  it('are told with value, limit and when they were measured, what is wrong first', () => {
    const gates = [
      good,
      aGate({ kind: 'inconclusive', gate: '5xx', words: '212 of about 300 requests needed' }),
      aGate({ kind: 'error', gate: 'p99', words: 'CloudWatch does not answer' }),
      aGate({ kind: 'failed', words: '6.1 % of 412 requests failed; at most 1 % may.' }),
    ];

    const told = linesAfter([...baking(plan, 25), gatesRead(gates)]);

    const from = told.indexOf('*Gates* at 25 %, measured 09:02:00 UTC');
    expect(told.slice(from + 1, from + 5)).toEqual([
      ':x: *Errors outside the limit:* 6.1 % of 412 requests failed; at most 1 % may.',
      ':warning: *p99 latency not measured:* CloudWatch does not answer.',
      ':grey_question: *Server errors, cannot tell yet:* 212 of about 300 requests needed.',
      ':white_check_mark: Within limits: p95 latency 310 ms (below 500 ms)',
    ]);
  });

  it('tell of the probe in words: nobody knows what its number counts', () => {
    const probe = aGate({
      gate: 'probe',
      value: '1',
      limit: 'below 3',
      words: 'Did not answer 1 time in a row.',
    });

    expect(linesAfter([...baking(plan, 25), gatesRead([good, probe])])).toContain(
      ':white_check_mark: Within limits: p95 latency 310 ms (below 500 ms) · Probe did not answer 1 time in a row',
    );
  });

  it('say when one was measured long before the others', () => {
    const old = aGate({ kind: 'failed', at: aMoment - 60_000 });

    expect(linesAfter([...baking(plan, 25), gatesRead([old, good])]).join()).toContain('As of 08:59:00 UTC.');
  });

  it('are those of the region at work', () => {
    const events = [
      ...baking(threeRegions, 100),
      gatesRead([good], { weight: 100 }),
      ...done(`${region}/bake-100`),
      ...begun('eu-west-1/bake-10'),
      gatesRead([good], { weight: 10, region: 'eu-west-1' }),
    ];

    const told = linesAfter(events).filter((line) => line.startsWith('*Gates*'));

    expect(told).toEqual([expect.stringContaining('in eu-west-1 at 10 %')]);
  });

  it('are one line at a good end', () => {
    const told = linesAfter([...baking(plan, 100), gatesRead([good]), { type: 'succeeded' }]);

    expect(told.some((line) => line.startsWith('Every gate was within its limit at the last look'))).toBe(
      true,
    );
  });
});

describe('why promotion waits', () => {
  it('is that somebody paused it, and what goes on meanwhile', () => {
    expect(linesAfter([...baking(plan, 25), { type: 'paused' }])).toContainEqual(
      expect.stringMatching(
        /\*Paused\* by @U0MAYA, 09:00:23 UTC\. .*then begins again.*rolled back all the same/u,
      ),
    );
  });

  it('is what the gates cannot tell', () => {
    const event = gatesRead([aGate()], { waits: 'both releases are slow: something they share' });

    expect(linesAfter([...baking(plan, 25), event])).toContain(
      ':hourglass: *Promotion waits:* both releases are slow: something they share.',
    );
  });

  it('is nothing any more once it goes back', () => {
    const event = gatesRead([aGate()], { waits: 'too few requests' });
    const told = linesAfter([...baking(plan, 25), event, { type: 'paused' }, ...failing.slice(-1)]);

    expect(told.join()).not.toMatch(/Promotion waits|\*Paused\*/u);
  });
});

describe('the dead-man switch', () => {
  it('is said to be armed, with what it does', () => {
    expect(linesAfter(ready(plan))).toContain(
      ':stopwatch: Dead-man switch armed: if Forge falls silent for 5 min, traffic returns to v1.0.0 by itself.',
    );
  });

  it.each<[DeploymentEvent, RegExp]>([
    [
      { type: 'switch-not-armed', region, reason: 'the role is missing' },
      /NOT armed:\* the role is missing\. If Forge falls silent, traffic stays where it is\./u,
    ],
    [{ type: 'switch-fired', region, to: 'blue' }, /switch moved traffic back to v1\.0\.0/u],
  ])('is said to be something else: %o', (event, words) => {
    expect(linesAfter([...baking(plan, 25), event]).join('\n')).toMatch(words);
  });

  it('is not spoken of once it is taken away or all is over', () => {
    expect(linesAfter([...baking(plan, 100), { type: 'switch-disarmed', region }]).join()).not.toContain(
      'Dead-man',
    );
    expect(linesAfter([...baking(plan, 25), { type: 'aborted' }]).join()).not.toContain('Dead-man');
  });
});
