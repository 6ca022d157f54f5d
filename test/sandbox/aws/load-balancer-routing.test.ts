import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rule } from '../../../sandbox/aws/data-plane/messages.ts';
import { ask, LoadBalancerBench, toGroupOne } from './load-balancer-bench.ts';
import { until } from './start-aws.ts';
import { answering } from './targets.ts';

describe('the load balancer’s choice', () => {
  let bench: LoadBalancerBench;
  beforeEach(() => {
    bench = new LoadBalancerBench();
  });
  afterEach(() => bench.end());

  it('shares requests between target groups by weight', async () => {
    const blue = await bench.target(answering('blue'));
    const green = await bench.target(answering('green'));
    const weighted: Rule = {
      stickyMs: 0,
      conditions: [],
      forward: [
        { targetGroup: 'one', weight: 75 },
        { targetGroup: 'two', weight: 25 },
      ],
    };
    const url = await bench.start({ one: [blue], two: [green] }, { rules: [weighted] });
    await bench.healthy(blue, green);

    const answers = await ask(url, 1_000);

    // Five standard deviations: one run in a million is outside.
    expect(answers.filter((answer) => answer === 'green').length).toBeGreaterThan(180);
    expect(answers.filter((answer) => answer === 'green').length).toBeLessThan(320);
    expect(new Set(answers)).toEqual(new Set(['blue', 'green']));
  });

  it('sends nothing to a target group of weight 0', async () => {
    const blue = await bench.target(answering('blue'));
    const green = await bench.target(answering('green'));
    const weighted: Rule = {
      stickyMs: 0,
      conditions: [],
      forward: [
        { targetGroup: 'one', weight: 1 },
        { targetGroup: 'two', weight: 0 },
      ],
    };
    const url = await bench.start({ one: [blue], two: [green] }, { rules: [weighted] });
    await bench.healthy(blue, green);

    expect(new Set(await ask(url, 200))).toEqual(new Set(['blue']));
  });

  it('follows the first rule whose header matches', async () => {
    const live = await bench.target(answering('live'));
    const preview = await bench.target(answering('preview'));
    const rule: Rule = {
      stickyMs: 0,
      conditions: [{ field: 'header', name: 'x-preview', values: ['secret'] }],
      forward: [{ targetGroup: 'two', weight: 1 }],
    };
    const url = await bench.start({ one: [live], two: [preview] }, { rules: [rule, toGroupOne] });
    await bench.healthy(live, preview);

    const withHeader = await fetch(url, { headers: { 'x-preview': 'secret' } });
    const withAnother = await fetch(url, { headers: { 'x-preview': 'guess' } });

    expect(await withHeader.text()).toBe('preview');
    expect(await withAnother.text()).toBe('live');
  });

  it('takes the healthy targets of a group in turn', async () => {
    const first = await bench.target(answering('first'));
    const second = await bench.target(answering('second'));
    const sick = await bench.target(answering('sick'), { isHealthy: false });
    const url = await bench.start({ one: [first, second, sick] });
    await bench.healthy(first, second);
    await until(async () => bench.states.get(sick) === 'unhealthy');

    const answers = await ask(url, 10);

    expect(answers.toSorted()).toEqual([...Array(5).fill('first'), ...Array(5).fill('second')]);
  });

  it('tries sick targets when there are no others', async () => {
    const sick = await bench.target(answering('sick'), { isHealthy: false });
    const url = await bench.start({ one: [sick] });
    await until(async () => bench.states.get(sick) === 'unhealthy');

    expect(await ask(url, 1)).toEqual(['sick']);
  });

  it('tries all of them when all are sick, and counts that it did', async () => {
    const first = await bench.target(answering('first'), { isHealthy: false });
    const second = await bench.target(answering('second'), { isHealthy: false });
    const url = await bench.start({ one: [first, second] });
    await until(async () => [first, second].every((port) => bench.states.get(port) === 'unhealthy'));

    const answers = await ask(url, 4);

    expect(answers.toSorted()).toEqual(['first', 'first', 'second', 'second']);
    const { buckets } = await bench.readings();
    expect(buckets.reduce((sum, { failOpen }) => sum + failOpen, 0)).toBe(4);
  });
});
