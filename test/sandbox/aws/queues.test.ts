import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { eventually } from '../../eventually.ts';
import { newQueue, receive, startQueues } from './start-queues.ts';

describe('SQS', () => {
  let world: Awaited<ReturnType<typeof startQueues>>;
  let sqs: SQSClient;
  beforeAll(async () => {
    world = await startQueues(20);
    sqs = world.sqs;
  });
  afterEach(() => world.faults.set([]));
  afterAll(() => world.stop());

  it('gives a queue an address on the host that was asked', async () => {
    const url = await newQueue(sqs, 'addressed');

    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'addressed' }));

    expect(url).toBe(`${world.endpoint}/111111111111/addressed`);
    expect(found.QueueUrl).toBe(url);
  });

  it('makes one queue of a name, and refuses another with other attributes', async () => {
    const first = await newQueue(sqs, 'same', { VisibilityTimeout: '45' });

    expect(await newQueue(sqs, 'same', { VisibilityTimeout: '45' })).toBe(first);
    await expect(newQueue(sqs, 'same', { VisibilityTimeout: '46' })).rejects.toMatchObject({
      name: 'QueueNameExists',
      Code: 'QueueAlreadyExists',
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a queue', {}, 'InvalidParameterValue'],
    ['x'.repeat(81), {}, 'InvalidParameterValue'],
    ['q', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    ['q', { DelaySeconds: 'long' }, 'InvalidAttributeValue'],
    ['q', { RedrivePolicy: 'none' }, 'InvalidAttributeValue'],
    ['q', { RedrivePolicy: redrive('arn:aws:sqs:us-east-1:111111111111:no', 3) }, 'InvalidAttributeValue'],
    ['q', { Colour: 'blue' }, 'InvalidAttributeName'],
  ])('refuses to make %s with %o', async (QueueName, attributes, name) => {
    await expect(newQueue(sqs, QueueName, attributes)).rejects.toMatchObject({ name });
  });

  it('knows no queue that was not made', async () => {
    const refusal = {
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist.',
    };
    const url = `${world.endpoint}/111111111111/none`;

    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject(refusal);
    await expect(receive(sqs, url)).rejects.toMatchObject(refusal);
    await expect(receive(sqs, url, { WaitTimeSeconds: 20 })).rejects.toMatchObject(refusal);
  });

  it('hides what was received, and gives it again with another receipt until it is deleted', async () => {
    const url = await newQueue(sqs, 'again', { VisibilityTimeout: '10' });
    await send(url, 'hello');

    const [first] = await receive(sqs, url, { MessageSystemAttributeNames: ['All'] });
    const hidden = await receive(sqs, url);
    const [second] = await eventuallyReceive(url);
    await remove(url, first);
    const kept = await attributes(url);
    await remove(url, second);
    await remove(url, second);

    expect(first).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '1' } });
    expect(hidden).toEqual([]);
    expect(second).toMatchObject({
      MessageId: first?.MessageId,
      Attributes: { ApproximateReceiveCount: '2' },
    });
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    expect(kept.ApproximateNumberOfMessagesNotVisible).toBe('1');
    expect(await attributes(url)).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  it('gives at most as many as are wanted', async () => {
    const url = await newQueue(sqs, 'many');
    for (const body of ['1', '2', '3']) await send(url, body);

    const bodies = async (most: number) =>
      (await receive(sqs, url, { MaxNumberOfMessages: most })).map(({ Body }) => Body);

    expect([await bodies(2), await bodies(2), await bodies(2)]).toEqual([['1', '2'], ['3'], []]);
  });

  it('answers a long poll as soon as a message comes', async () => {
    const url = await newQueue(sqs, 'long');
    const poll = receive(sqs, url, { WaitTimeSeconds: 20 });
    await send(url, 'at last');

    expect((await poll).map(({ Body }) => Body)).toEqual(['at last']);
  });

  it('answers a long poll with nothing when its time is up, as long as the queue says', async () => {
    const url = await newQueue(sqs, 'silent', { ReceiveMessageWaitTimeSeconds: '10' });
    const before = Date.now();

    expect(await receive(sqs, url)).toEqual([]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(195);
  });

  it('hides nothing for a caller who has gone', async () => {
    const url = await newQueue(sqs, 'gone');
    const gone = new AbortController();
    const command = new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 });
    // It never strikes, but counts the calls that have arrived.
    world.faults.set([Fault.parse({ service: 'sqs', operation: 'ReceiveMessage', kind: 'error', nth: 100 })]);
    const poll = sqs.send(command, { abortSignal: gone.signal });
    await Promise.all([
      expect(poll).rejects.toMatchObject({ name: 'AbortError' }),
      eventually(() => world.faults.list()[0]?.calls === 1).then(() => gone.abort()),
    ]);
    // Answered after the server has seen the end of the other connection.
    await attributes(url);
    await send(url, 'kept');

    expect(await attributes(url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
    expect((await receive(sqs, url)).map(({ Body }) => Body)).toEqual(['kept']);
  });

  it('shows a message later when it is sent with a delay', async () => {
    const url = await newQueue(sqs, 'delayed');
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'later', DelaySeconds: 900 }));

    expect(await receive(sqs, url)).toEqual([]);
    expect((await attributes(url)).ApproximateNumberOfMessagesDelayed).toBe('1');
  });

  it('shows a message again when its holder lets go of it', async () => {
    const url = await newQueue(sqs, 'let-go');
    await send(url, 'mine');
    const [message] = await receive(sqs, url);
    await hide(url, message, 0);

    const [again] = await receive(sqs, url, { VisibilityTimeout: 0 });

    expect(again?.Body).toBe('mine');
    await expect(hide(url, again, 10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await expect(hide(url, message, 10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await remove(url, again);
    await expect(hide(url, again, 10)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('moves what was received too often to the dead letters', async () => {
    const dead = await newQueue(sqs, 'dead');
    const { QueueArn = '' } = await attributes(dead);
    const url = await newQueue(sqs, 'mortal', { RedrivePolicy: redrive(QueueArn, 2) });
    await send(url, 'poison');
    const [first] = await receive(sqs, url, { VisibilityTimeout: 0 });
    await receive(sqs, url, { VisibilityTimeout: 0 });

    const third = await receive(sqs, url);
    const [letter] = await receive(sqs, dead, { MessageSystemAttributeNames: ['All'] });

    expect(third).toEqual([]);
    expect(letter).toMatchObject({ MessageId: first?.MessageId, Body: 'poison' });
    expect(letter?.Attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      DeadLetterQueueSourceArn: (await attributes(url)).QueueArn,
    });
  });

  it('forgets what is older than it keeps', async () => {
    const url = await newQueue(sqs, 'forgetful', { MessageRetentionPeriod: '60' });
    await send(url, 'old');

    // A minute takes 1.2 seconds.
    await eventually(async () => (await receive(sqs, url, { VisibilityTimeout: 0 })).length === 0);

    expect((await attributes(url)).ApproximateNumberOfMessages).toBe('0');
  });

  it.each([
    [{ MaxNumberOfMessages: 11 }],
    [{ MaxNumberOfMessages: 0 }],
    [{ WaitTimeSeconds: 21 }],
    [{ VisibilityTimeout: 43_201 }],
  ])('refuses to receive with %o', async (how) => {
    const url = await newQueue(sqs, 'strict');

    await expect(receive(sqs, url, how)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it.each([
    ['', 'InvalidParameterValue'],
    ['\u0000', 'InvalidMessageContents'],
    ['x'.repeat(1_025), 'InvalidParameterValue'],
  ])('refuses the message %j', async (body, name) => {
    const url = await newQueue(sqs, 'small', { MaximumMessageSize: '1024' });

    await expect(send(url, body)).rejects.toMatchObject({ name });
  });

  it('refuses a receipt of another queue, and what is none', async () => {
    const url = await newQueue(sqs, 'one');
    const other = await newQueue(sqs, 'other');
    await send(other, 'x');
    const [message] = await receive(sqs, other);
    const refusal = { name: 'ReceiptHandleIsInvalid' };

    await expect(remove(url, message)).rejects.toMatchObject(refusal);
    await expect(remove(url, { ReceiptHandle: 'made up' })).rejects.toMatchObject(refusal);
  });

  it('throttles and fails in its own words', async () => {
    const url = await newQueue(sqs, 'failing');
    for (const [kind, name] of [
      ['throttle', 'RequestThrottled'],
      ['error', 'InternalFailure'],
    ]) {
      world.faults.set([Fault.parse({ service: 'sqs', operation: 'ReceiveMessage', kind })]);
      await expect(receive(sqs, url, { WaitTimeSeconds: 20 })).rejects.toMatchObject({ name });
    }
  });

  function send(QueueUrl: string, MessageBody: string) {
    return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  function remove(QueueUrl: string, message: Message | undefined) {
    return sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  }

  function hide(QueueUrl: string, message: Message | undefined, VisibilityTimeout: number) {
    const command = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout };
    return sqs.send(new ChangeMessageVisibilityCommand(command));
  }

  function eventuallyReceive(url: string): Promise<Message[]> {
    return eventually(async () => {
      const messages = await receive(sqs, url, { MessageSystemAttributeNames: ['All'] });
      return messages.length > 0 ? messages : undefined;
    });
  }

  async function attributes(QueueUrl: string): Promise<Record<string, string>> {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    return Attributes;
  }
});

function redrive(deadLetterTargetArn: string, maxReceiveCount: number): string {
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
}
