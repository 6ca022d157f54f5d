import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startAws, type TestAws } from './start-aws.ts';

/** The sandbox's AWS with nothing in it. A second of AWS takes so long, milliseconds. */
export async function startQueues(secondMs: number): Promise<TestAws & { sqs: SQSClient }> {
  const world = await startAws({
    seed: { account: '111111111111', images: [], loadBalancers: [], services: [] },
    running: 'in-process',
    timing: { secondMs },
  });
  const sqs = new SQSClient({
    endpoint: world.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: world.accessKeyId, secretAccessKey: 'nobody checks it' },
    maxAttempts: 1,
  });
  return { ...world, sqs };
}

/** Makes a queue, and gives its URL. */
export async function newQueue(
  sqs: SQSClient,
  QueueName: string,
  Attributes: Record<string, string> = {},
): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}

export async function receive(
  sqs: SQSClient,
  QueueUrl: string,
  how: Partial<ConstructorParameters<typeof ReceiveMessageCommand>[0]> = {},
): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...how }));
  return Messages;
}
