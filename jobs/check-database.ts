import type { Deployment } from '../src/domain/deployment.ts';
import { inPercent } from '../src/domain/gates/words.ts';
import type { DatabasePolicy, ServicePolicy } from '../src/domain/policy.ts';
import type { Live } from '../src/domain/release.ts';
import type { World } from './world.ts';

/** `problem` and `remedy` are sentences, the first as the rest of one. */
export type DatabaseCheck =
  | { kind: 'passed'; detail: string }
  | { kind: 'failed'; problem: string; remedy: string };

/** So many of the newest measurements are looked at: the database may have been quiet in the last one. */
const BUCKETS = 10;

/**
 * Whether the database has room for the connections of a second colour beside those of the live one, in every region.
 * Undefined where the policy does not say how many a task holds. Unknown is not passed. Errors as the metrics'.
 */
export async function checkDatabase(
  deployment: Deployment,
  { service, lives }: { service: ServicePolicy; lives: Record<string, Live> },
  world: Pick<World, 'metrics' | 'clock' | 'policy'>,
  signal: AbortSignal,
): Promise<DatabaseCheck | undefined> {
  const database = service.database[deployment.environment];
  const pool = database?.poolPerTask;
  if (database === undefined || pool === undefined) return undefined;
  const limit = deployment.plan.gates?.pass.databaseConnections ?? 1;
  const found = await Promise.all(
    Object.entries(lives)
      .filter(([, { desired }]) => desired !== undefined)
      .map(async ([region, { desired = 0, idle }]) => {
        const inUse = await connectionsIn(deployment, region, world, signal);
        // Tasks on standby hold theirs already, and are replaced.
        const more = Math.max(0, desired - (idle?.desired ?? 0)) * pool;
        return { inUse, more };
      }),
  );
  if (found.length === 0) return undefined;
  const expected = found.map(({ inUse, more }) => judge(database, { inUse, more, limit, service }));
  return expected.find(({ kind }) => kind === 'failed') ?? expected[0];
}

function judge(
  { instance, maxConnections }: DatabasePolicy,
  {
    inUse,
    more,
    limit,
    service,
  }: { inUse: number | undefined; more: number; limit: number; service: ServicePolicy },
): DatabaseCheck {
  if (inUse === undefined) {
    return {
      kind: 'failed',
      problem: `CloudWatch does not say how many connections the database ${instance} of ${service.title} has, so Forge cannot tell whether a second set of tasks finds room.`,
      remedy: 'Look whether its name in forge.yml is right, then deploy again.',
    };
  }
  const share = (inUse + more) / maxConnections;
  const needed = more === 0 ? 'no more' : `about ${more} more`;
  if (share <= limit) {
    return {
      kind: 'passed',
      detail: `the database has room: ${inUse} of ${maxConnections} connections are in use, the new tasks need ${needed}`,
    };
  }
  return {
    kind: 'failed',
    problem: `the database ${instance} has no room for a second set of tasks: ${inUse} of ${maxConnections} connections are in use and the new tasks need ${needed}, which is ${inPercent(share, limit)}; at most ${inPercent(limit)} may be in use.`,
    remedy: 'Deploy in a quieter hour, give the database more connections, or let each task hold fewer.',
  };
}

/** A metric that has only just begun comes a moment later: it is waited for as long as one may take. */
async function connectionsIn(
  deployment: Deployment,
  region: string,
  world: Pick<World, 'metrics' | 'clock' | 'policy'>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { clock, policy } = world;
  const giveUpAt = clock.now() + policy.timing.metricDelay;
  for (;;) {
    const inUse = await mostConnections(deployment, region, world, signal);
    if (inUse !== undefined || clock.now() >= giveUpAt) return inUse;
    await clock.sleep(policy.timing.poll, signal);
  }
}

async function mostConnections(
  { service, environment }: Deployment,
  region: string,
  { metrics, clock, policy }: Pick<World, 'metrics' | 'clock' | 'policy'>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { metricPeriod, metricDelay } = policy.timing;
  const until = Math.ceil(clock.now() / metricPeriod) * metricPeriod;
  const from = until - Math.ceil(metricDelay / metricPeriod) * metricPeriod - BUCKETS * metricPeriod;
  const request = { from, until, periodSeconds: metricPeriod / 1000 };
  const { database } = await metrics.measure({ service, environment, region }, request, { signal });
  const values = (database?.connections ?? []).map(({ value }) => value);
  return values.length === 0 ? undefined : Math.max(...values);
}
