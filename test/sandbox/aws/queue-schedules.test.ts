import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { queueArn } from '../../../sandbox/aws/sqs/queues.ts';
import { Fault } from '../../../sandbox/faults.ts';
import { eventually } from '../../eventually.ts';
import { newQueue, receive, startQueues } from './start-queues.ts';

const scope = { account: '111111111111', region: 'us-east-1' };

describe('a schedule of EventBridge with a queue for target', () => {
  let world: Awaited<ReturnType<typeof startQueues>>;
  let sqs: SQSClient;
  let queue: string;
  let dead: string;
  beforeAll(async () => {
    world = await startQueues(10);
    sqs = world.sqs;
    queue = await newQueue(sqs, 'target');
    dead = await newQueue(sqs, 'dead');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    world.faults.set([]);
    for (const { messages } of world.aws.truth.queues) messages.length = 0;
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await world.stop();
  });

  it('delivers its input once at its moment, and is gone after it', async () => {
    const at = inMs(1_500);
    await create('once', { at, Input: 'any text' });

    const [message] = await untilReceived(queue);

    expect(message?.Body).toBe('any text');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(`${at}Z`));
    await eventually(() =>
      world.scheduler.send(new GetScheduleCommand({ Name: 'once' })).then(
        () => false,
        (error: Error) => error.name === 'ResourceNotFoundException',
      ),
    );
  });

  it('delivers a notice of AWS when it has no input', async () => {
    await create('notice', { at: inMs(500), Input: undefined });

    const [message] = await untilReceived(queue);

    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:scheduler:us-east-1:111111111111:schedule/default/notice'],
    });
  });

  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
    'keeps the time of %s',
    async (zone) => {
      const shown = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      }).format(Date.now() + 1_000);
      await create(`in-${zone.replace('/', '-')}`, {
        at: shown.replace(' ', 'T'),
        ScheduleExpressionTimezone: zone,
        Input: zone,
      });

      const [message] = await untilReceived(queue);

      expect(message?.Body).toBe(zone);
    },
  );

  it.each(['Mars/Olympus', '+02:00', 'now'])('refuses the zone %s', async (ScheduleExpressionTimezone) => {
    await expect(create('nowhere', { at: inMs(500), ScheduleExpressionTimezone })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Timezone'),
    });
  });

  it.each([
    [{ Arn: `${queueArn(scope, 'target')}.fifo` }],
    [{ RoleArn: 'forge' }],
    [{ RetryPolicy: { MaximumRetryAttempts: 186 } }],
    [{ RetryPolicy: { MaximumEventAgeInSeconds: 59 } }],
    [{ DeadLetterConfig: { Arn: `${queueArn(scope, 'dead')}.fifo` } }],
  ])('is refused with the target %o', async (change) => {
    const input = schedule('bad', { at: inMs(500) });
    const Target = { ...input.Target, Arn: queueArn(scope, 'target'), RoleArn: role, ...change };

    await expect(world.scheduler.send(new CreateScheduleCommand({ ...input, Target }))).rejects.toMatchObject(
      {
        name: 'ValidationException',
      },
    );
  });

  it('delivers twice when the queue’s answer is lost', async () => {
    fail('error-after', 1);
    await create('twice', { at: inMs(500), Input: 'twice' });

    await eventually(() => bodies('target').length === 2);
  });

  it('loses a message that hangs', async () => {
    fail('hang', 1);
    await create('lost', { at: inMs(0), Input: 'lost' });
    await create('kept', { at: inMs(1_000), Input: 'kept' });

    await untilReceived(queue);

    expect(bodies('target')).toEqual(['kept']);
  });

  it('tries again, and lays among the dead letters what failed too often', async () => {
    fail('error', 3);
    await create('tried', { at: inMs(0), Input: 'tried', retries: 2 });

    const [letter] = await untilReceived(dead);

    expect(letter?.Body).toBe('tried');
    expect(valuesOf(letter)).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
      TARGET_ARN: queueArn(scope, 'target'),
      SCHEDULE_ARN: 'arn:aws:scheduler:us-east-1:111111111111:schedule/default/tried',
    });
    expect(bodies('target')).toEqual([]);
  });

  it('gives up when a message is too old', async () => {
    fail('throttle', 100);
    await create('aged', { at: inMs(0), Input: 'aged', withinSeconds: 60 });

    const [letter] = await untilReceived(dead);

    expect(valuesOf(letter).EXHAUSTED_RETRY_CONDITION).toBe('MaximumEventAgeInSeconds');
  });

  it('lays among the dead letters at once what it may not send, or to nowhere', async () => {
    const Arn = queueArn(scope, 'nowhere');
    const input = schedule('nowhere', { at: inMs(0), Input: 'to nowhere' });
    const Target = { ...input.Target, Arn, RoleArn: role };
    await world.scheduler.send(new CreateScheduleCommand({ ...input, Target }));
    const [lost] = await untilReceived(dead);
    fail('refuse', 1);
    await create('forbidden', { at: inMs(0), Input: 'forbidden' });
    const [forbidden] = await untilReceived(dead);

    expect(valuesOf(lost).ERROR_CODE).toBe('AWS.SimpleQueueService.NonExistentQueue');
    expect(valuesOf(forbidden).ERROR_CODE).toBe('AccessDeniedException');
    expect(valuesOf(forbidden)).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  it('does not deliver what was deleted or put off', async () => {
    await create('deleted', { at: inMs(1_000), Input: 'deleted' });
    await world.scheduler.send(new DeleteScheduleCommand({ Name: 'deleted' }));
    await create('put-off', { at: inMs(1_000), Input: 'put off' });
    await world.scheduler.send(new UpdateScheduleCommand(schedule('put-off', { at: inMs(60_000) })));
    await create('later', { at: inMs(2_000), Input: 'later' });

    await untilReceived(queue);

    expect(bodies('target')).toEqual(['later']);
  });

  function create(name: string, how: How) {
    return world.scheduler.send(new CreateScheduleCommand(schedule(name, how)));
  }

  function fail(kind: string, times: number): void {
    const error = kind === 'refuse' ? { error: 'AccessDeniedException' } : {};
    world.faults.set([
      Fault.parse({ service: 'scheduler', operation: 'deliver:sqs', kind, times, ...error }),
    ]);
  }

  function untilReceived(url: string): Promise<Message[]> {
    return eventually(async () => {
      const messages = await receive(sqs, url, { MessageAttributeNames: ['All'], VisibilityTimeout: 43_200 });
      return messages.length > 0 ? messages : undefined;
    });
  }

  function bodies(name: string): string[] {
    const found = world.aws.truth.queues.find((one) => one.name === name);
    return found?.messages.map(({ body }) => body) ?? [];
  }
});

const role = 'arn:aws:iam::111111111111:role/scheduler';
type How = {
  /** As clocks of the zone show it. */
  at: string;
  Input?: string | undefined;
  ScheduleExpressionTimezone?: string;
  retries?: number;
  /** So old a message may become. Seconds of AWS, which pass quickly here; usually a day. */
  withinSeconds?: number;
};

function schedule(
  Name: string,
  { at, Input, retries = 185, withinSeconds = 86_400, ...rest }: How,
): CreateScheduleCommandInput {
  return {
    Name,
    ScheduleExpression: `at(${at})`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    ...rest,
    Target: {
      Arn: queueArn(scope, 'target'),
      RoleArn: role,
      Input,
      RetryPolicy: { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: withinSeconds },
      DeadLetterConfig: { Arn: queueArn(scope, 'dead') },
    },
  };
}

function inMs(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString().slice(0, 19);
}

function valuesOf(message: Message | undefined): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(message?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
  );
}
