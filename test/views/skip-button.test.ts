import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/plan.ts';
import { aDeployment, aPeoplePolicy } from '../builders.ts';
import { aCanary, baking } from './canary.ts';
import { wordsAfter } from './message-reading.ts';
import { readableIn } from './rules.ts';
import { messageOf } from './shapes.ts';

const europe = 'eu-west-1';
const asked = (plan: Plan, weight: number, region?: string) =>
  wordsAfter(baking(plan, weight, region)).find((text) => text.includes('ends now'));

describe('the question before a wait is skipped', () => {
  it.each<[string, Plan, number, string | undefined, string]>([
    ['more traffic', aCanary(), 25, undefined, 'ends now, and v1.1.0 gets more traffic.'],
    ['the end', aCanary(), 100, undefined, 'ends now, and the deployment ends.'],
    [
      'a person',
      aCanary(['us-east-1'], { asking: [25] }),
      25,
      undefined,
      'ends now, and a person is asked whether to go on.',
    ],
    ['the next region', aCanary(['us-east-1', europe]), 100, undefined, 'ends now, and eu-west-1 is next.'],
    ['the end of the last region', aCanary(['us-east-1', europe]), 100, europe, 'and the deployment ends.'],
  ])('says that %s comes next', (_what, plan, weight, region, words) => {
    expect(asked(plan, weight, region)).toContain(words);
  });

  it('is for approvers, of whom a few are named', () => {
    const approver = ['U01', 'U02', 'U03', 'U04', 'U05', 'U06', 'U07'];
    const people = aPeoplePolicy({ everyone: 'deployer', roles: { approver, 'incident-commander': [] } });

    expect(readableIn(messageOf(aDeployment(baking(aCanary(), 25)), { people }).blocks)).toContain(
      '“Pause”, “Abort”: any member of the workspace; “Skip this wait”: only <@U01>, <@U02>, <@U03>, <@U04>, <@U05>, 2 more.',
    );
  });
});
