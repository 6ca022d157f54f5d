import { GetScheduleCommand, type GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../sandbox/faults.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';
import type { DueSignal } from '../../src/ports/schedule-driver.ts';
import { createEventBridgeDriver } from '../../src/schedules/event-bridge.ts';
import { scheduleName } from '../../src/schedules/occurrence-schedule.ts';
import { scheduleDriverContract } from '../contracts/schedule-driver.ts';
import { eventually } from '../eventually.ts';
import { type SchedulesAws, schedulesPolicy, startSchedulesAws, unread } from './schedules-aws.ts';

const options = { signal: new AbortController().signal };
const region = 'eu-central-1';

scheduleDriverContract('the driver of EventBridge Scheduler', async () => {
  const { driver, close } = await startSchedulesAws({ maxReceiveCount: 100 });
  return { driver, now: Date.now, until: (result) => result, close };
});

describe('the driver of EventBridge Scheduler', () => {
  let world: SchedulesAws;
  beforeAll(async () => {
    world = await startSchedulesAws({ maxReceiveCount: 2 });
  });
  afterEach(() => {
    world.faults.set([]);
    for (const { messages } of world.aws.truth.queues) messages.length = 0;
  });
  afterAll(() => world.close());

  it('sets a schedule that sends one message to the queue and deletes itself', async () => {
    const at = Date.UTC(2099, 0, 1, 14, 30);
    await world.driver.set({ name: 'schedule/S1/1', at, payload: { id: 'S1' } }, options);

    const stored = await scheduleOf('schedule/S1/1');

    expect(stored).toMatchObject({
      GroupName: 'default',
      Description: 'Set by Forge: schedule/S1/1',
      ScheduleExpression: 'at(2099-01-01T14:30:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: schedulesPolicy.queue,
        RoleArn: schedulesPolicy.role,
        DeadLetterConfig: { Arn: schedulesPolicy.deadLetters },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 600 },
      },
    });
    expect(JSON.parse(stored.Target?.Input ?? '')).toEqual({
      version: 1,
      name: 'schedule/S1/1',
      at,
      payload: { id: 'S1' },
    });
  });

  it.each([
    ['a minute that is begun', Date.UTC(2099, 0, 1, 14, 30, 0, 1), 'at(2099-01-01T14:31:00)'],
    ['the last moment of a day', Date.UTC(2099, 11, 31, 23, 59, 59, 999), 'at(2100-01-01T00:00:00)'],
    ['a whole minute', Date.UTC(2099, 0, 1, 14, 30), 'at(2099-01-01T14:30:00)'],
  ])('is never early: %s', async (name, at, expression) => {
    await world.driver.set({ name, at, payload: 0 }, options);

    expect((await scheduleOf(name)).ScheduleExpression).toBe(expression);
  });

  it('keeps seconds when less than two minutes are left, and moves what is over into the future', async () => {
    const now = Date.UTC(2099, 0, 1, 14, 30, 10, 200);
    const driver = createEventBridgeDriver({ ...parts(), clock: { now: () => now } });
    await driver.set({ name: 'near', at: now + 119_000, payload: 0 }, options);
    await driver.set({ name: 'over', at: now - 119_000, payload: 0 }, options);

    expect((await scheduleOf('near')).ScheduleExpression).toBe('at(2099-01-01T14:32:10)');
    expect((await scheduleOf('over')).ScheduleExpression).toBe('at(2099-01-01T14:30:12)');
  });

  it('uses the group of the policy for setting, replacing and deleting', async () => {
    const driver = createEventBridgeDriver({ ...parts(), policy: { ...schedulesPolicy, group: 'forge' } });
    await driver.set({ name: 'grouped', at: Date.UTC(2099, 0, 1), payload: 0 }, options);
    await driver.set({ name: 'grouped', at: Date.UTC(2099, 0, 2), payload: 0 }, options);
    const stored = await scheduleOf('grouped', 'forge');
    await driver.delete('grouped', options);

    expect(stored.ScheduleExpression).toBe('at(2099-01-02T00:00:00)');
    await expect(scheduleOf('grouped', 'forge')).rejects.toThrow('does not exist');
  });

  it.each([
    ['CreateSchedule', 'cut-after'],
    ['CreateSchedule', 'error-after'],
    ['CreateSchedule', 'throttle'],
    ['deliver:sqs', 'error'],
    ['deliver:sqs', 'slow'],
  ])('tells an occurrence though EventBridge fails: %s, %s', async (operation, kind) => {
    world.faults.set([Fault.parse({ service: 'scheduler', operation, kind, times: 2, ms: 100 })]);
    await world.driver.set({ name: `${operation} ${kind}`, at: Date.now(), payload: 0 }, options);

    const [due] = await untilDue();

    expect(due?.name).toBe(`${operation} ${kind}`);
  });

  it.each([
    ['GetQueueUrl', 'error'],
    ['ReceiveMessage', 'throttle'],
    ['ReceiveMessage', 'cut-before'],
    ['ReceiveMessage', 'cut-after'],
    ['DeleteMessage', 'throttle'],
    ['DeleteMessage', 'error-after'],
    ['DeleteMessage', 'cut-after'],
  ])('tells an occurrence, and takes its signal away, though SQS fails: %s, %s', async (operation, kind) => {
    world.faults.set([Fault.parse({ service: 'sqs', operation, kind, times: 2 })]);
    await send(JSON.stringify({ version: 1, name: 'told', at: 1, payload: null }));

    const [due] = await untilDue(createEventBridgeDriver(parts()));
    await due?.done(options);

    expect(due?.name).toBe('told');
    expect(world.bodiesIn(schedulesPolicy.queue)).toEqual([]);
  });

  it('tells an occurrence twice that was delivered twice', async () => {
    world.faults.set([Fault.parse({ service: 'scheduler', operation: 'deliver:sqs', kind: 'error-after' })]);
    await world.driver.set({ name: 'delivered twice', at: Date.now(), payload: 0 }, options);

    const told: string[] = [];
    while (told.length < 2) {
      for (const due of await world.driver.receive(options)) {
        await due.done(options);
        told.push(due.name);
      }
    }

    expect(told).toEqual(['delivered twice', 'delivered twice']);
  });

  it('leaves a message that is not of Forge to the dead letters of the queue, and says so', async () => {
    const bodies = ['no JSON', '{"version":2,"name":"newer","at":1,"payload":0}', '{"name":"no version"}'];
    for (const body of bodies) await send(body);

    const told: DueSignal[] = [];
    await eventually(async () => {
      told.push(...(await world.driver.receive(options)));
      return world.bodiesIn(unread).length === bodies.length;
    });

    expect(told).toEqual([]);
    expect(world.bodiesIn(unread).toSorted()).toEqual(bodies.toSorted());
    expect(world.bodiesIn(schedulesPolicy.queue)).toEqual([]);
    expect(world.warnings[0]?.message).toBe(
      'The queue of schedules holds a message that is not of Forge; it is left there',
    );
    expect(JSON.stringify(world.warnings)).not.toContain('no JSON');
  });

  it('hides what it tells from the next call for a minute', async () => {
    await send(JSON.stringify({ version: 1, name: 'claimed', at: 1, payload: null }));
    const before = Date.now();
    await untilDue();

    const [message] = queueNamed('schedules')?.messages ?? [];

    expect(message?.visibleAt.getTime()).toBeGreaterThanOrEqual(
      before + 60 * world.aws.truth.timing.secondMs,
    );
  });

  it('tells good messages that come with bad ones', async () => {
    await send('bad');
    await send(JSON.stringify({ version: 1, name: 'good', at: 1, payload: null }));

    const due = await untilDue();

    expect(due.map(({ name }) => name)).toEqual(['good']);
  });

  it('lets what nobody takes go to the dead letters of the queue', async () => {
    await world.driver.set({ name: 'ignored', at: Date.now(), payload: 0 }, options);

    await eventually(async () => {
      await world.driver.receive(options);
      return world.bodiesIn(unread).length === 1;
    });

    expect(world.bodiesIn(schedulesPolicy.queue)).toEqual([]);
  });

  it('has what EventBridge cannot deliver laid among the dead letters of the policy', async () => {
    const queue = `${schedulesPolicy.queue}-gone`;
    const mistaken = createEventBridgeDriver({ ...parts(), policy: { ...schedulesPolicy, queue } });
    await mistaken.set({ name: 'undeliverable', at: Date.now(), payload: 0 }, options);

    const [body] = await eventually(() => {
      const bodies = world.bodiesIn(schedulesPolicy.deadLetters);
      return bodies.length > 0 ? bodies : undefined;
    });

    expect(JSON.parse(body ?? '')).toMatchObject({ name: 'undeliverable' });
    await expect(mistaken.receive(options)).rejects.toThrow(
      /^AWS refuses to ask the queue of schedules what is due: The specified queue does not exist \(QueueDoesNotExist\)\. Check the ARN of the queue under schedules in forge\.yml\.$/,
    );
  });

  it('is refused with what to do where a permission is missing', async () => {
    const refusal = { kind: 'refuse', error: 'AccessDeniedException' };
    world.faults.set([Fault.parse({ service: 'scheduler', operation: 'CreateSchedule', ...refusal })]);

    const set = world.driver.set({ name: 'forbidden', at: Date.UTC(2099, 0, 1), payload: 0 }, options);

    await expect(set).rejects.toBeInstanceOf(PlatformRefused);
    await expect(set).rejects.toThrow(/set the schedule forbidden: .* Allow Forge’s role to do this\.$/);
  });

  it('says that AWS is unavailable when it does not answer', async () => {
    world.faults.set([Fault.parse({ service: 'sqs', operation: '*', kind: 'error', times: 100 })]);

    await expect(world.driver.receive(options)).rejects.toBeInstanceOf(PlatformUnavailable);
  });

  it('does not lose what arrives while a call that was stopped is waiting', async () => {
    const stop = new AbortController();
    const stopped = world.driver.receive({ signal: stop.signal });
    await eventually(() => world.operations.at(-1) === 'ReceiveMessage');
    stop.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    await send(JSON.stringify({ version: 1, name: 'kept', at: 1, payload: null }));

    const [due] = await untilDue();

    expect(due?.name).toBe('kept');
  });

  function queueNamed(name: string) {
    return world.aws.truth.queues.find((queue) => queue.name === name);
  }

  function parts() {
    const { clients } = world;
    const quiet = () => undefined;
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    return { policy: schedulesPolicy, clients, clock: { now: Date.now }, log };
  }

  async function untilDue(driver = world.driver): Promise<readonly DueSignal[]> {
    return eventually(async () => {
      const due = await driver.receive(options);
      return due.length > 0 ? due : undefined;
    });
  }

  function send(MessageBody: string) {
    const QueueUrl = `${process.env.AWS_ENDPOINT_URL}/111111111111/schedules`;
    return world.clients.in(region).act.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  function scheduleOf(name: string, GroupName?: string): Promise<GetScheduleCommandOutput> {
    const command = new GetScheduleCommand({ Name: scheduleName(name), GroupName });
    return world.clients.in(region).ask.scheduler.send(command);
  }
});
