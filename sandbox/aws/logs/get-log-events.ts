import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import type { LogEvent } from './model.ts';

/** Bytes of a page, counted as CloudWatch does: 26 more for each event. */
const MOST_BYTES = 1_048_576;
const EACH = 26;
const MOST_EVENTS = 10_000;

const Token = z.templateLiteral([z.enum(['f', 'b']), '/', z.int().min(0)]);

/** Names end with this; the stream's may hold slashes, but no colon or star. */
const StreamName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]+$/);
const GroupName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[\w./#-]+$/);

const GetLogEventsInput = z.strictObject({
  logGroupName: GroupName,
  logStreamName: StreamName,
  startFromHead: z.boolean().default(false),
  limit: z.int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
  nextToken: Token.optional(),
});

/** A page of a stream. A token is a place between two events; at either end the same one comes back. */
export const getLogEvents = operation(
  GetLogEventsInput,
  'InvalidParameterException',
  (input, { world, scope }) => {
    const streams = world.logStreams.filter(
      ({ account, region, group }) =>
        account === scope.account && region === scope.region && group === input.logGroupName,
    );
    const stream = streams.find(({ name }) => name === input.logStreamName);
    const events = stream?.events.filter(({ shownAt }) => shownAt <= Date.now()) ?? [];
    if (stream === undefined || (events.length === 0 && stream.events.length > 0)) {
      const what = streams.length === 0 ? 'group' : 'stream';
      throw new AwsError('ResourceNotFoundException', `The specified log ${what} does not exist.`);
    }
    const { from, to } = pageOf(events, input);
    return {
      events: events.slice(from, to).map(({ message, printedAt, shownAt }) => ({
        ...{ message, timestamp: printedAt, ingestionTime: shownAt },
      })),
      nextForwardToken: `f/${to}`,
      nextBackwardToken: `b/${from}`,
    };
  },
);

function pageOf(
  events: readonly LogEvent[],
  { nextToken, startFromHead, limit }: z.output<typeof GetLogEventsInput>,
): { from: number; to: number } {
  const [direction, place] = nextToken?.split('/') ?? [startFromHead ? 'f' : 'b', undefined];
  const isForward = direction === 'f';
  let from = Math.min(Number(place ?? (isForward ? 0 : events.length)), events.length);
  let to = from;
  let room = MOST_BYTES;
  while (to - from < limit) {
    const next = isForward ? events[to] : events[from - 1];
    room -= EACH + Buffer.byteLength(next?.message ?? '');
    if (next === undefined || room < 0) break;
    if (isForward) to += 1;
    else from -= 1;
  }
  return { from, to };
}
