import { describe, expect, it } from 'vitest';
import { good, sentences, valid } from './policy-text.ts';

const queue = 'arn:aws:sqs:us-east-1:111111111111:forge-schedules';
const dead = 'arn:aws:sqs:us-east-1:111111111111:forge-schedules-dead';
const role = 'arn:aws:iam::111111111111:role/forge-schedules';

const withSchedules = (written: Record<string, string>) =>
  `${good}schedules: ${JSON.stringify({ queue, 'dead letters': dead, role, ...written })}\n`;

describe('the schedules of a policy', () => {
  it('go by the clock of Forge alone unless a queue is named', () => {
    expect(valid(good)).not.toHaveProperty('schedules');
  });

  it('name the queues, the role and the group of EventBridge Scheduler', () => {
    expect(valid(withSchedules({})).schedules).toEqual({ queue, deadLetters: dead, role, group: 'default' });
    expect(valid(withSchedules({ group: 'forge.prod' })).schedules?.group).toBe('forge.prod');
  });

  it('change the version of the policy', () => {
    expect(valid(withSchedules({})).version).not.toBe(valid(good).version);
  });

  it.each([
    [
      { queue: 'forge-schedules' },
      'schedules.queue: "forge-schedules" is not the ARN of a standard SQS queue.',
    ],
    [{ queue: `${queue}.fifo` }, 'is not the ARN of a standard SQS queue. Forge is told there what is due.'],
    [
      { 'dead letters': 'none' },
      'schedules."dead letters": "none" is not the ARN of another standard SQS queue.',
    ],
    [{ 'dead letters': queue }, 'What cannot be delivered to the queue cannot be delivered here either.'],
    [
      { 'dead letters': dead.replace('us-east-1', 'eu-west-1') },
      'It is in another region than the queue. Name one of the same region',
    ],
    [{ role: 'forge-schedules' }, 'schedules.role: "forge-schedules" is not the ARN of an IAM role.'],
    [{ group: 'a group' }, 'schedules.group: "a group" is not the name of a schedule group.'],
    [{ topic: 'x' }, 'schedules.topic: Nothing here is called `topic`.'],
  ])('are refused with %o', (written, problem) => {
    expect(sentences(withSchedules(written))).toEqual([expect.stringContaining(problem)]);
  });

  it('are refused without a place for what cannot be delivered', () => {
    const text = `${good}schedules: { queue: "${queue}", role: "${role}" }\n`;

    expect(sentences(text)).toEqual([
      expect.stringMatching(
        /^forge\.yml:\d+:\d+ schedules\."dead letters": Add the ARN of another standard SQS queue\./,
      ),
    ]);
  });
});
