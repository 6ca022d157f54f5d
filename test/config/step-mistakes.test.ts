import { describe, expect, it } from 'vitest';
import { goodInColours, ofService, recoloured, withSettings } from './colours-text.ts';
import { sentences } from './policy-text.ts';

const strategy = (value: string) => recoloured('strategy: canary', `strategy: ${value}`);
const steps = (list: string) => strategy(`{ canary: [${list}] }`);

describe('a mistake about steps', () => {
  it.each([
    {
      what: 'a strategy that is none',
      text: strategy('canray'),
      problem:
        'environments.production.strategy: "canray" is not a strategy. Write rolling, blue-green or canary',
    },
    {
      what: 'no strategy',
      text: recoloured(/ {4}strategy: .*\n/, ''),
      problem: 'environments.production.strategy: Add the strategy. Write rolling, blue-green or canary',
    },
    {
      what: 'two strategies',
      text: strategy('{ canary: [100% for 5m], blue-green: [100% for 5m] }'),
      problem: 'environments.production.strategy: Name one strategy.',
    },
    {
      what: 'steps of a strategy that is none',
      text: strategy('{ canari: [100% for 5m] }'),
      problem:
        'environments.production.strategy.canari: Nothing here is called `canari`. Did you mean `canary`?',
    },
    {
      what: 'no steps',
      text: steps(''),
      problem: 'environments.production.strategy.canary: Name at least one step.',
    },
    {
      what: 'a step that is none',
      text: steps('10% in 10m, 100% for 5m'),
      problem:
        'environments.production.strategy.canary[0]: "10% in 10m" is not a step of traffic. Write a weight',
    },
    {
      what: 'a weight in fractions',
      text: steps('2.5% for 10m, 100% for 5m'),
      problem: 'canary[0]: "2.5% for 10m" is not a step of traffic.',
    },
    {
      what: 'a number in the place of a step',
      text: steps('10, 100% for 5m'),
      problem: 'canary[0]: 10 is not a step of traffic.',
    },
    {
      what: 'more than all traffic',
      text: steps('{ weight: 110, bake: 10m }'),
      problem: 'canary[0].weight: Write the weight as a whole number from 1 to 100.',
    },
    {
      what: 'a step without a bake',
      text: steps('{ weight: 100 }'),
      problem: 'canary[0].bake: Add a length of time.',
    },
    {
      what: 'a misspelt key of a step',
      text: steps('{ weight: 100, bake: 10m, aprove: true }'),
      problem: 'canary[0].aprove: Nothing here is called `aprove`. Did you mean `approve`?',
    },
    {
      what: 'weights that fall',
      text: steps('50% for 10m, 25% for 10m, 100% for 5m'),
      problem:
        'canary[1]: Each step moves more traffic than the one before it, and 25% is not more than 50%.',
    },
    {
      what: 'a weight twice',
      text: steps('50% for 10m, 50% for 10m, 100% for 5m'),
      problem: 'canary[1]: Each step moves more traffic',
    },
    {
      what: 'an end before all traffic has moved',
      text: steps('10% for 10m, 50% for 10m'),
      problem: 'canary[1]: The last step must be 100%',
    },
    {
      what: 'a bake too short to measure anything in',
      text: steps('10% for 134s, 100% for 135s'),
      problem:
        'canary[0]: 134s is too short to be judged by: after a moment to settle, two measurements of the load balancer take 135s.',
    },
    {
      what: 'a bake too short in a strategy of a service',
      text: ofService('strategies: { production: { blue-green: [100% for 1m] } }'),
      problem: 'services.api.strategies.production.blue-green[0]: 1m is too short to be judged by',
    },
  ])('is told with its place and its remedy: $what', ({ text, problem }) => {
    expect(sentences(text)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['smoke tests are enough', withSettings('evidence: smoke')],
    ['measurements are faster', `${goodInColours}timing: { settle: 1s, metric period: 5s }\n`],
    [
      'nothing is measured',
      withSettings(
        'gates: { errors: off, 5xx: off, p95: off, active connections: off, database connections: off }',
        'roll back when: { errors: off, 5xx: off, p99: off, active connections below: off }',
      ),
    ],
  ])('is no short bake where %s', (_where, text) => {
    const short = 'strategy: { canary: [10% for 20s, 100% for 20s] }';

    expect(sentences(text.replace('strategy: canary', short))).toEqual([]);
  });
});
