import type { Guard } from '../guard.ts';

const plan = { file: 'src/domain/plan-changes.ts', tests: ['test/domain/plan-changes.test.ts'] };
const bound = {
  file: 'src/domain/approval-standing.ts',
  tests: ['test/domain/approval-standing.test.ts', 'test/use-cases/vote-refused.test.ts'],
};
const digest =
  'return digestOf({ plan: substanceOf(plan), policy, ...(startAt === undefined ? {} : { startAt }) });';

/** What a vote is bound to: any of it changed, and the vote is void. */
export const substance: readonly Guard[] = [
  {
    name: 'a vote is bound to the strategy',
    ...plan,
    text: 'return { strategy, to, steps, gates, over:',
    without: 'return { to, steps, gates, over:',
  },
  {
    name: 'a vote is bound to the commit',
    ...plan,
    text: 'return { strategy, to, steps, gates, over:',
    without: "return { strategy, to: { ...to, commit: '' }, steps, gates, over:",
  },
  {
    name: 'a vote is bound to the image of each region',
    ...plan,
    text: 'return { strategy, to, steps, gates, over:',
    without: 'return { strategy, to: { ...to, digests: {} }, steps, gates, over:',
  },
  {
    name: 'a vote is bound to the release',
    ...plan,
    text: 'return { strategy, to, steps, gates, over:',
    without: 'return { strategy, steps, gates, over:',
  },
  {
    name: 'a vote is bound to the steps',
    ...plan,
    text: 'return { strategy, to, steps, gates, over:',
    without: 'return { strategy, to, gates, over:',
  },
  {
    name: 'a vote is bound to the limits it is judged by',
    ...plan,
    text: 'return { strategy, to, steps, gates, over:',
    without: 'return { strategy, to, steps, over:',
  },
  live('the colour that is live', 'region, revision, version, digest'),
  live('the task definition that is live', 'region, place, version, digest'),
  live('the image that is live', 'region, place, revision, version'),
  {
    name: 'a vote is bound to the version of the policy',
    ...bound,
    text: digest,
    without: 'return digestOf({ plan: substanceOf(plan), ...(startAt === undefined ? {} : { startAt }) });',
  },
  {
    name: 'a vote is bound to the time it starts at',
    ...bound,
    text: digest,
    without: 'return digestOf({ plan: substanceOf(plan), policy });',
  },
  {
    name: 'a vote is bound to the plan',
    ...bound,
    text: digest,
    without: 'return digestOf({ policy, ...(startAt === undefined ? {} : { startAt }) });',
  },
];

function live(what: string, left: string): Guard {
  return {
    name: `a vote is bound to ${what}`,
    ...plan,
    text: '...{ region, place, revision, version, digest },',
    without: `...{ ${left} },`,
  };
}
