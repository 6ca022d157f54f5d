import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { bar } from '../../views/traffic.ts';
import { aRequestedEvent } from '../builders.ts';
import { aCanary, aReturn, baking, goingBack, moved, succeeded, toGreen } from './canary.ts';
import { linesAfter, titleAfter } from './message-reading.ts';

const region = 'us-east-1';
const plan = aCanary();
const threeRegions = aCanary([region, 'eu-west-1', 'ap-southeast-1'], { asking: [50] });
const failing = goingBack(plan, 25);

describe('the traffic', () => {
  it('is told for each release, as a bar too, with when the load balancer said so', () => {
    expect(linesAfter(baking(plan, 25))).toContain(
      'v1.1.0 ▓▓▓░░░░░░░ 25 %  ·  v1.0.0 75 %, confirmed 09:00:20 UTC',
    );
  });

  it('is not said to have moved before it is read back', () => {
    const intent: DeploymentEvent = {
      ...{ type: 'traffic-intended', region, generation: 11 },
      ...{ split: toGreen(25), before: toGreen(10) },
    };

    expect(linesAfter([...baking(plan, 10), intent])).toContain('v1.1.0 ▓░░░░░░░░░ 10 %, moving to 25 % …');
  });

  it('is told by region, with those that come later', () => {
    expect(linesAfter(baking(threeRegions, 10))).toEqual(
      expect.arrayContaining([
        'us-east-1: v1.1.0 ▓░░░░░░░░░ 10 %  ·  v1.0.0 90 %, confirmed 09:00:14 UTC',
        'Not moved yet: eu-west-1, ap-southeast-1',
      ]),
    );
  });

  it('that was moved back is told with how long it took, since the click or since Forge decided it', () => {
    const back = moved(0, { generation: 99, before: 25, took: 3_140 });
    const aborted: DeploymentEvent[] = [
      ...baking(plan, 25),
      { type: 'abort-requested' },
      { type: 'restoring', because: 'abort', reason: '' },
    ];

    expect(linesAfter([...failing, ...back])).toContain(
      '*0 % on v1.1.0, confirmed 3.1 s after Forge decided it*  ·  v1.0.0 ▓▓▓▓▓▓▓▓▓▓ 100 %',
    );
    expect(linesAfter([...aborted, ...back])).toContain(
      '*0 % on v1.1.0, confirmed 3.1 s after the click*  ·  v1.0.0 ▓▓▓▓▓▓▓▓▓▓ 100 %',
    );
  });

  it('of a rollback counts from its click', () => {
    const back = [
      aRequestedEvent({ plan: aReturn(), undoes: 141 }),
      { type: 'started' } as const,
      ...moved(0, { generation: 7, before: 100, took: 812 }),
    ];

    expect(linesAfter(back)).toContain(
      '*0 % on v1.1.0, confirmed 0.8 s after the click*  ·  v1.0.0 ▓▓▓▓▓▓▓▓▓▓ 100 %',
    );
  });

  it.each([
    [7, 'and 1 more region'],
    [8, 'and 2 more regions'],
  ])('of %i regions is told for six, and the others are counted', (count, words) => {
    const regions = Array.from({ length: count }, (_, index) => `us-east-${index + 1}`);
    const story = [
      ...baking(aCanary(regions), 10),
      ...regions.slice(1).flatMap((one) => moved(10, { region: one })),
    ];

    expect(linesAfter(story)).toContain(words);
  });

  it('is not told where it has moved on since', () => {
    const replaced: DeploymentEvent[] = [...succeeded(plan), { type: 'replaced', by: 150 }];

    expect(linesAfter(replaced).some((line) => line.includes('▓'))).toBe(false);
  });

  it.each([
    [0, '░░░░░░░░░░'],
    [1, '▓░░░░░░░░░'],
    [50, '▓▓▓▓▓░░░░░'],
    [99, '▓▓▓▓▓▓▓▓▓░'],
    [100, '▓▓▓▓▓▓▓▓▓▓'],
  ])('%i %% is neither empty nor full unless it is', (percent, drawn) => {
    expect(bar(percent)).toBe(drawn);
  });
});

describe('the first line', () => {
  const back = moved(0, { generation: 99, before: 25, took: 900 });

  it.each([
    ['paused', [...baking(plan, 25), { type: 'paused' } as const], 'Paused: v1.1.0 for Checkout'],
    ['on its way back', failing, 'Failed: putting v1.0.0 back on Checkout'],
    ['back', [...failing, ...back], 'Failed: v1.0.0 has all traffic again, cleaning up Checkout'],
  ])('says that it is %s', (_what, events, words) => {
    expect(titleAfter(events)).toContain(words);
  });

  it('says where putting back does not get on', () => {
    const blocked: DeploymentEvent = { type: 'restore-blocked', region, reason: 'AWS is silent' };

    expect(titleAfter([...failing, blocked])).toContain(
      'Failed: putting v1.0.0 back on Checkout in production, BLOCKED',
    );
  });

  it('of a rollback says that traffic is back while it is still watched, once it is in every region', () => {
    const request = aRequestedEvent({ plan: aReturn([region, 'eu-west-1']), undoes: 141 });
    const first = moved(0, { generation: 7, before: 100, took: 812 });
    const second = moved(0, { region: 'eu-west-1', generation: 7, before: 100, took: 900 });

    expect(titleAfter([request, { type: 'started' }, ...first])).toContain(
      'Rolling Checkout in production back',
    );
    expect(titleAfter([request, { type: 'started' }, ...first, ...second])).toContain(
      'Back on v1.0.0: it has all traffic and is watched, Checkout in production',
    );
  });

  it('says how much of the traffic a release got that was taken away again', () => {
    expect(titleAfter([...failing, ...back, { type: 'rolled-back' }])).toContain(
      'Failed: v1.1.0 got up to 25 % of traffic for',
    );
  });
});
