import { waitUntil } from '../../chaos/faults/wait-until.ts';
import { InvariantBroken } from '../engine/figure.ts';
import { type AwsCall, sequentialUntil } from './rounds.ts';
import type { Stage } from './stage.ts';

/** How one return of all traffic went. */
export type Measured = {
  /** From the click, or from the decision of a gate, until Forge had read back that all traffic is there. */
  confirmedMs: number;
  /** What Forge tells people. */
  toldMs: number;
  /** Until the last of the writes that moved it reached AWS. */
  movedMs: number;
  /** Calls to AWS one after the other until it moved; undefined where that cannot be told from outside. */
  sequential: number | undefined;
};

const RETURNED_WITHIN_MS = 60_000;

/** Waits until traffic is confirmed on the colour that was live and says how it went. Reads only. */
export async function measureReturn(
  { client, store }: Stage,
  { number, since, after, latencyMs }: { number: number; since: number; after: number; latencyMs: number },
): Promise<Measured> {
  let events: Awaited<ReturnType<typeof store.events>> = [];
  const confirmed = await waitUntil(async () => {
    events = await store.events(number);
    return events.find(({ at, event }) => event.type === 'traffic-confirmed' && at >= since);
  }, RETURNED_WITHIN_MS);
  if (confirmed?.event.type !== 'traffic-confirmed') {
    throw new InvariantBroken(`#${number}: traffic is not back after ${RETURNED_WITHIN_MS / 1000} s`);
  }
  const calls = await awsCalls(client, { after, since, until: confirmed.at });
  const writes = calls.filter(({ operation }) => operation === 'ModifyRule');
  const movedAt = Math.max(...writes.map(({ at }) => at));
  const isReadBack = calls.some(({ operation, at }) => operation === 'DescribeRules' && at >= movedAt);
  if (!isReadBack) throw new InvariantBroken(`#${number}: told as confirmed, but not read back`);
  // Until it is aborted a bake goes on reading, and nothing waits for that. A call is logged in the middle of its latency.
  const aborted = events.find(({ event }) => event.type === 'abort-requested')?.at ?? since;
  const afterwards = calls.filter(({ at }) => at - latencyMs / 2 >= aborted);
  return {
    confirmedMs: confirmed.at - since,
    toldMs: confirmed.event.took ?? Number.NaN,
    movedMs: movedAt - since,
    sequential: latencyMs === 0 ? undefined : sequentialUntil('ModifyRule', afterwards, latencyMs),
  };
}

async function awsCalls(
  client: Stage['client'],
  { after, since, until }: { after: number; since: number; until: number },
): Promise<AwsCall[]> {
  const requests = await client.requests({ after });
  return requests
    .map(({ at, operation, service }) => ({ at: Date.parse(at), operation, service }))
    .filter(({ at, service }) => service !== 'slack' && at >= since && at <= until);
}

/** The number of the latest call, so that what comes after it can be asked for. */
export async function latestCall({ client }: Stage): Promise<number> {
  return (await client.requests({})).at(-1)?.sequence ?? 0;
}
