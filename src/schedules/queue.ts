import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { attemptBy, callAws, changeAws } from '../aws/call.ts';
import type { AwsClients } from '../aws/clients.ts';

type Call = { what: string; signal: AbortSignal };

/** How long one call waits for a message: the most SQS allows. Seconds. */
const WAIT = 20;
/** A call that waits is answered by then. Milliseconds. */
const WAIT_TIMEOUT = (WAIT + 10) * 1_000;
/** How long a message that was received is hidden from the next call: it is claimed by then or never. Seconds. */
const HIDDEN = 60;

/** A standard queue of SQS, named by its ARN. Errors as the platform's. */
export function createQueue(arn: string, clients: AwsClients) {
  const [, , , region = '', account, name] = arn.split(':');
  let url: string | undefined;

  /** Asked until it is known, for it stays the same. */
  async function urlFor({ what, signal }: Call): Promise<string | undefined> {
    if (url !== undefined) return url;
    const command = new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account });
    const answer = await callAws(what, signal, (options) =>
      clients.in(region).act.sqs.send(command, options),
    );
    url = answer.QueueUrl;
    return url;
  }

  return {
    /** Waits for messages, then gives none. What is not deleted comes again. */
    async receive(call: Call): Promise<Message[]> {
      const command = new ReceiveMessageCommand({
        QueueUrl: await urlFor(call),
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: WAIT,
        VisibilityTimeout: HIDDEN,
      });
      const { Messages = [] } = await callAws(call.what, call.signal, (options) =>
        clients.in(region).poll.sqs.send(command, { ...options, requestTimeout: WAIT_TIMEOUT }),
      );
      return Messages;
    },
    /** Idempotent. */
    async delete({ ReceiptHandle }: Message, call: Call): Promise<void> {
      const command = new DeleteMessageCommand({ QueueUrl: await urlFor(call), ReceiptHandle });
      await changeAws(call.what, { signal: call.signal }, (attempt) => {
        attemptBy(attempt, command);
        return clients.in(region).act.sqs.send(command);
      });
    },
  };
}
