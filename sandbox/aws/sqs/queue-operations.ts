import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { type Operation, operation } from '../operation.ts';
import { queueAttributes, readSettings } from './queue-settings.ts';
import { addQueue, known, queueArn, queueByArn, queueOfUrl, queueUrl } from './queues.ts';

const Name = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, {
  error: 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
});
const host = 'localhost';

const NewQueue = z.object({ QueueName: Name, Attributes: z.record(z.string(), z.string()).default({}) });

/** Idempotent: the same one again answers with its address. One with other attributes is refused. */
const createQueue = operation(NewQueue, 'InvalidParameterValue', ({ QueueName, Attributes }, context) => {
  const { world, scope } = context;
  const settings = readSettings(Attributes, { world, queue: scope });
  const there = queueByArn(world, queueArn(scope, QueueName));
  if (there !== undefined && !isDeepStrictEqual(there.settings, settings)) {
    const message = 'A queue already exists with the same name and a different value for an attribute.';
    throw new AwsError('QueueNameExists', message);
  }
  const queue = there ?? addQueue(world, scope, { name: QueueName, settings });
  return { QueueUrl: queueUrl(queue, context.host ?? host) };
});

const Named = z.object({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() });

const getQueueUrl = operation(Named, 'InvalidParameterValue', (input, { world, scope, ...caller }) => {
  const { QueueName, QueueOwnerAWSAccountId: account = scope.account } = input;
  const queue = known(queueByArn(world, queueArn({ ...scope, account }, QueueName)));
  return { QueueUrl: queueUrl(queue, caller.host ?? host) };
});

const AttributesOf = z.object({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).default([]) });

const getQueueAttributes = operation(AttributesOf, 'InvalidParameterValue', (input, { world, scope }) => {
  const attributes = queueAttributes(queueOfUrl(world, scope, input.QueueUrl), Date.now());
  if (input.AttributeNames.includes('All')) return { Attributes: attributes };
  const chosen: Record<string, string> = {};
  for (const name of input.AttributeNames) {
    const value = attributes[name];
    if (value !== undefined) chosen[name] = value;
    // What is known and not set, such as a redrive policy, is left out.
    else if (name !== 'RedrivePolicy')
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return Object.keys(chosen).length === 0 ? {} : { Attributes: chosen };
});

export const queueOperations: Record<string, Operation> = {
  CreateQueue: createQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
};
