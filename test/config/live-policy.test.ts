import { describe, expect, it } from 'vitest';
import { livePolicy } from '../../src/config/live-policy.ts';
import { aPolicy, aTiming } from '../builders.ts';

const schedules = {
  queue: 'arn:aws:sqs:us-east-1:111111111111:forge',
  deadLetters: 'arn:aws:sqs:us-east-1:111111111111:forge-dead',
  role: 'arn:aws:iam::111111111111:role/forge',
  group: 'forge',
};

describe('the policy in force', () => {
  it('is the same object for ever, with what the newest policy says', () => {
    const { policy, replace } = livePolicy(aPolicy());
    const kept = { policy };
    const next = aPolicy({ version: 'another', timing: aTiming({ poll: 1 }), schedules });

    replace(next);

    expect(kept.policy).toEqual(next);
  });

  it('has nothing left of what the newest does not say', () => {
    const { policy, replace } = livePolicy(aPolicy({ schedules }));

    replace(aPolicy());

    expect(policy).not.toHaveProperty('schedules');
  });

  it('leaves the policy it began with as it was', () => {
    const first = aPolicy();
    const { replace } = livePolicy(first);

    replace(aPolicy({ version: 'another' }));

    expect(first).toEqual(aPolicy());
  });
});
