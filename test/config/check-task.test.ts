import { describe, expect, it } from 'vitest';
import { type Additions, withCode } from './code-text.ts';
import { sentences, valid } from './policy-text.ts';

const task =
  'region: us-east-1, cluster: checks, definition: forge-check, subnets: [subnet-0a1b2c3d], security groups: [sg-0a1b2c3d]';
const runner = (text: string): Additions => ({ sections: `runner: ${text}\n` });
const inTask = (text: string) => runner(`{ isolation: ecs-task, network: open, task: { ${text} } }`);

describe('the runner of a policy file, in tasks of ECS', () => {
  it('needs to be told where, and runs two commands at once', () => {
    expect(valid(withCode(inTask(task))).runner).toEqual({
      ...{ isolation: 'ecs-task', network: 'open', atOnce: 2 },
      task: {
        ...{ region: 'us-east-1', cluster: 'checks', definition: 'forge-check' },
        ...{ subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'], publicAddress: false },
      },
    });
  });

  it('may keep to one revision, have public addresses, and run more at once', () => {
    const text = `{ isolation: ecs-task, network: open, at once: 4, task: { ${task.replace('forge-check', '"forge-check:7"')}, public address: true } }`;

    expect(valid(withCode(runner(text))).runner).toMatchObject({
      atOnce: 4,
      task: { definition: 'forge-check:7', publicAddress: true },
    });
  });

  it.each([
    ['{ isolation: ecs-task, network: open }', 'runner.isolation: Say which task. Add task: {'],
    [
      `{ isolation: ecs-task, task: { ${task} } }`,
      'runner.isolation: A task of ECS reaches whatever its security groups let it. Add network: open',
    ],
    [
      `{ isolation: bubblewrap, task: { ${task} } }`,
      'runner.task: Commands run on this machine, not in a task of ECS. Remove it, or write isolation: ecs-task.',
    ],
    [
      `{ isolation: ecs-task, network: open, user: forge-runner, task: { ${task} } }`,
      'runner.user: Nothing of this machine is used where commands run in tasks of ECS. Remove it.',
    ],
    [
      `{ isolation: ecs-task, network: open, folder: /var/lib/forge, task: { ${task} } }`,
      'runner.folder: Nothing of this machine is used',
    ],
  ])('is refused as %s', (text, problem) => {
    expect(sentences(withCode(runner(text)))).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['region: us-east-1', 'region: here', 'runner.task.region: "here" is not an AWS region.'],
    ['cluster: checks', 'cluster: "a b"', 'runner.task.cluster: "a b" is not the name of an ECS cluster.'],
    [
      'definition: forge-check',
      'definition: "forge-check:0"',
      'runner.task.definition: "forge-check:0" is not a task definition.',
    ],
    ['subnets: [subnet-0a1b2c3d]', 'subnets: []', 'runner.task.subnets: Name at least one subnet.'],
    ['subnets: [subnet-0a1b2c3d]', 'subnets: all', 'runner.task.subnets: "all" stands where a list belongs.'],
    [
      '[sg-0a1b2c3d]',
      '[default]',
      'runner.task."security groups"[0]: "default" is not the id of a security group.',
    ],
    ['[sg-0a1b2c3d]', '[]', 'runner.task."security groups": Name a security group of its own'],
  ])('is refused with the fix where %s is %s', (good, bad, problem) => {
    expect(sentences(withCode(inTask(task.replace(good, bad))))).toEqual([expect.stringContaining(problem)]);
  });
});
