import { readFileSync } from 'node:fs';
import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../src/runner/ecs-task/definition.ts';
import { nameOf, orderOf, runTaskInput } from '../../../src/runner/ecs-task/task-request.ts';
import { POLICY } from './task-world.ts';

const request = {
  ...{ repository: 'acme/api', commit: 'c'.repeat(40), command: 'npm test', attempt: 'one' },
  ...{ within: 60_000, outputLimit: 20_000 },
};
const header = { name: 'Authorization', value: 'Basic c2VjcmV0' };
const access = { url: 'https://github.example/acme/api.git', header };
const definition = {
  ...{ arn: 'arn:aws:ecs:us-east-1:111111111111:task-definition/forge-check:7', root: '/checks' },
  log: { group: '/forge/checks', region: 'us-east-1', prefix: 'check' },
};
const order = orderOf(request, { access, name: nameOf(request), root: definition.root });
const input = runTaskInput(order, { task: POLICY.task, definition, round: 0 });

describe('what AWS is asked for a command', () => {
  it('is one task on a machine of its own, into which nobody is let', () => {
    expect(input).toMatchObject({ count: 1, launchType: 'FARGATE', enableExecuteCommand: false });
  });

  it('tells the token to the container that fetches, in a variable, and to nothing else', () => {
    const [fetch, check] = input?.overrides?.containerOverrides ?? [];

    expect(JSON.stringify(fetch?.environment)).toContain(header.value);
    expect(JSON.stringify({ ...input, overrides: { check, command: fetch?.command } })).not.toContain(
      header.value,
    );
  });

  it('is the same for the same attempt, and another for the next round', () => {
    const anew = orderOf(request, { access, name: nameOf(request), root: definition.root });

    expect(runTaskInput(anew, { task: POLICY.task, definition, round: 0 })).toEqual(input);
    expect(runTaskInput(anew, { task: POLICY.task, definition, round: 1 })?.clientToken).not.toBe(
      input?.clientToken,
    );
  });
});

it('a task definition whose task ends with what fetches the code is refused', () => {
  const file = new URL('../../../templates/aws/check-runner/task-definition.json', import.meta.url);
  const given: TaskDefinition = JSON.parse(readFileSync(file, 'utf8'));
  for (const container of given.containerDefinitions ?? []) container.essential = true;

  expect(readDefinition({ ...given, taskDefinitionArn: definition.arn })).toMatchObject({
    problems: [expect.stringContaining('must have “check” essential and “fetch” not')],
  });
});
