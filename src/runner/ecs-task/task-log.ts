import {
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { callAws } from '../../aws/call.ts';
import type { AwsClients } from '../../aws/clients.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Output } from '../../ports/command-runner.ts';
import { PlatformUnavailable } from '../../ports/platform.ts';
import { createTail } from '../output.ts';
import type { CheckDefinition } from './definition.ts';

/** What a container prints may show in CloudWatch only some time after its end. Milliseconds. */
const SHOWN_WITHIN = 30_000;
/** A megabyte each, at most. */
const MOST_PAGES = 20;

type Wanted = {
  arn: string;
  container: string;
  definition: CheckDefinition;
  /** Words that are printed last; waited for. Absent: what is there is taken as soon as there is something. */
  end?: string;
  /** Bytes: the last ones. */
  limit: number;
};
type Tools = { clients: AwsClients; clock: Clock; pollMs: number; signal: AbortSignal };

/** The end of what a container of a stopped task printed; what does not show in time is said to lack. Throws `PlatformRefused`. */
export async function logOf(wanted: Wanted, { clients, clock, pollMs, signal }: Tools): Promise<Output> {
  const until = clock.now() + SHOWN_WITHIN;
  for (;;) {
    const lines = await linesOf(wanted, clients, signal);
    const end = endIn(lines, wanted.end);
    const isThere = wanted.end === undefined ? lines.length > 0 : end !== undefined;
    if (isThere)
      return outputOf(lines.slice(0, end?.at ?? lines.length), {
        isCut: end?.isCut ?? false,
        limit: wanted.limit,
      });
    if (clock.now() >= until) return unfinished(lines, wanted.limit);
    await clock.sleep(pollMs, signal);
  }
}

function endIn(
  lines: readonly string[],
  end: string | undefined,
): { at: number; isCut: boolean } | undefined {
  if (end === undefined) return undefined;
  const at = lines.findLastIndex((line) => line === `${end} whole` || line === `${end} cut`);
  return at === -1 ? undefined : { at, isCut: lines[at]?.endsWith(' cut') === true };
}

function unfinished(lines: readonly string[], limit: number): Output {
  const missing = 'Forge: the rest of the output did not show in CloudWatch in time.';
  return outputOf([...lines, missing], { isCut: false, limit });
}

function outputOf(lines: readonly string[], { isCut, limit }: { isCut: boolean; limit: number }): Output {
  const tail = createTail(limit);
  tail.push(Buffer.from(lines.join('\n')));
  const output = tail.read();
  return { text: output.text, isCut: output.isCut || isCut };
}

/** From the newest page back, until there is enough. None where there is no stream yet, or CloudWatch is silent. */
async function linesOf(
  { arn, container, definition, limit }: Wanted,
  clients: AwsClients,
  signal: AbortSignal,
) {
  const { group, region, prefix } = definition.log;
  const stream = `${prefix}/${container}/${arn.split('/').at(-1)}`;
  const pages: string[][] = [];
  let bytes = 0;
  let token: string | undefined;
  try {
    while (pages.length < MOST_PAGES && bytes <= limit + 1_000) {
      const command = new GetLogEventsCommand({
        ...{ logGroupName: group, logStreamName: stream, startFromHead: false },
        ...(token !== undefined && { nextToken: token }),
      });
      const answer: GetLogEventsCommandOutput = await callAws(
        'read what a check printed',
        signal,
        (options) => clients.in(region).act.logs.send(command, options),
      );
      const lines = (answer.events ?? []).map(({ message = '' }) => message.replace(/\r?\n$/u, ''));
      pages.unshift(lines);
      bytes += lines.reduce((sum, line) => sum + line.length + 1, 0);
      // The same token again: there is nothing older.
      if (answer.nextBackwardToken === undefined || answer.nextBackwardToken === token) break;
      token = answer.nextBackwardToken;
    }
  } catch (error) {
    if (!isNotThereYet(error)) throw error;
  }
  return pages.flat();
}

function isNotThereYet(error: unknown): boolean {
  if (error instanceof PlatformUnavailable) return true;
  return error instanceof Error && error.cause instanceof ResourceNotFoundException;
}
