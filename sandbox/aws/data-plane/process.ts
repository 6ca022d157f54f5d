import { Counters } from './counters.ts';
import { type Configuration, type FromDataPlane, type Readings, ToDataPlane } from './messages.ts';
import { PublicListener } from './public-listener.ts';
import { TargetPool } from './target-pool.ts';

/** The load balancers' process: everything a request of a customer passes on its way to a task. */
const pools = new Map<string, TargetPool>();
const listeners = new Map<string, PublicListener>();
const counters = new Counters();
const probeCounters = new Counters();
let probeToken = '';

process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => {
  const message = ToDataPlane.parse(raw);
  switch (message.type) {
    case 'configure':
      void configure(message.configuration);
      return;
    case 'read':
      tell({ type: 'readings', id: message.id, readings: read(message.sinceSecond) });
      return;
  }
});

async function configure(configuration: Configuration): Promise<void> {
  probeToken = configuration.probeToken;
  configurePools(configuration);
  const opened: Record<string, number> = {};
  for (const listener of configuration.listeners) {
    const known = listeners.get(listener.arn);
    if (known !== undefined) {
      known.configure(listener);
      continue;
    }
    const added = new PublicListener(listener, {
      pool: (targetGroup) => pools.get(targetGroup),
      isProbe: (token) => token === probeToken,
      count: (counted) => counters.count(counted, Date.now()),
      countProbe: (counted) => probeCounters.count(counted, Date.now()),
    });
    listeners.set(listener.arn, added);
    opened[listener.arn] = await added.open();
  }
  if (Object.keys(opened).length > 0) tell({ type: 'listening', ports: opened });
}

function read(sinceSecond: number): Readings {
  return {
    totals: counters.totals(),
    buckets: counters.since(sinceSecond),
    probes: probeCounters.since(sinceSecond),
  };
}

function configurePools(configuration: Configuration): void {
  const wanted = new Set(configuration.targetGroups.map(({ arn }) => arn));
  for (const [arn, pool] of pools) {
    if (wanted.has(arn)) continue;
    pool.close();
    pools.delete(arn);
  }
  for (const group of configuration.targetGroups) {
    const pool = pools.get(group.arn) ?? addPool(group.arn);
    pool.configure(group);
  }
}

function addPool(targetGroup: string): TargetPool {
  const pool = new TargetPool(({ host, port }, verdict) => {
    tell({ type: 'health', targetGroup, host, port, ...verdict });
  });
  pools.set(targetGroup, pool);
  return pool;
}

function tell(message: FromDataPlane): void {
  process.send?.(message);
}
