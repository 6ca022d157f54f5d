import type { Bucket, ConnectionCount, HostCount, Readings } from '../data-plane/messages.ts';
import type { LoadBalancer, TargetGroup } from '../elb/model.ts';
import type { World } from '../world.ts';
import type { MetricStore, Sample, SeriesKind } from './metric-store.ts';

const namespace = 'AWS/ApplicationELB';

type Entry = { metric: string; values: number[]; counts?: number[]; kind?: SeriesKind };

/**
 * Measures what the real load balancers report, in their names: counts only when they are not zero, so that no
 * traffic is no datapoint; numbers of hosts as long as a group has targets.
 */
export function measureLoadBalancers(readings: Readings, world: World, store: MetricStore): void {
  for (const bucket of readings.buckets) measureRequests(bucket, world, store);
  for (const hosts of readings.hosts) measureHosts(hosts, world, store);
  for (const connections of readings.connections) measureConnections(connections, world, store);
}

function measureRequests(bucket: Bucket, world: World, store: MetricStore): void {
  const loadBalancer = ownerOf(bucket.listener, world);
  if (loadBalancer === undefined) return;
  const group = world.targetGroups.find(({ arn }) => arn === bucket.targetGroup);
  const source = `node ${bucket.node} ${bucket.targetGroup ?? ''}`;
  const add = (entries: readonly Entry[], to: TargetGroup | undefined) =>
    addEntries(entries, { second: bucket.second, source, loadBalancer, group: to, store });
  add([...targetEntries(bucket), ...ownEntries(bucket)], undefined);
  if (group !== undefined) add(targetEntries(bucket), group);
}

/** What is also reported by target group. */
function targetEntries(bucket: Bucket): Entry[] {
  const { answers, own, requests, latenciesMs, connectionErrors, failOpen } = bucket;
  return [
    // Requests for which no target could be chosen are not among them.
    ...count('RequestCount', requests - (own['503'] ?? 0)),
    ...['2', '3', '4', '5'].flatMap((digit) =>
      count(`HTTPCode_Target_${digit}XX_Count`, answers[digit] ?? 0),
    ),
    ...count('TargetConnectionErrorCount', connectionErrors),
    ...count('UnhealthyRoutingRequestCount', failOpen),
    { metric: 'TargetResponseTime', values: latenciesMs.map((ms) => Math.round(ms * 10) / 10_000) },
  ];
}

/** Answers the load balancer made itself belong to no target group. */
function ownEntries({ own }: Bucket): Entry[] {
  const codes = Object.entries(own);
  const all = codes.reduce((sum, [, number]) => sum + number, 0);
  return [
    ...count('HTTPCode_ELB_5XX_Count', all),
    ...codes.flatMap(([code, number]) => count(`HTTPCode_ELB_${code}_Count`, number)),
  ];
}

/** Each event is one value of 1, as the real metrics have it: their average, minimum and maximum are 1. */
function count(metric: string, number: number): Entry[] {
  return number > 0 ? [{ metric, values: [1], counts: [number] }] : [];
}

function measureHosts(hosts: HostCount, world: World, store: MetricStore): void {
  const group = world.targetGroups.find(({ arn }) => arn === hosts.targetGroup);
  if (group === undefined) return;
  const rules = world.rules.filter(({ forward }) =>
    forward.some(({ targetGroup }) => targetGroup === group.arn),
  );
  const entries: Entry[] = [
    { metric: 'HealthyHostCount', values: [hosts.healthy] },
    { metric: 'UnHealthyHostCount', values: [hosts.unhealthy] },
  ];
  for (const listener of new Set(rules.map((rule) => rule.listener))) {
    const loadBalancer = ownerOf(listener, world);
    if (loadBalancer === undefined) continue;
    addEntries(entries, { second: hosts.second, source: `node ${hosts.node}`, loadBalancer, group, store });
  }
}

function measureConnections(connections: ConnectionCount, world: World, store: MetricStore): void {
  const loadBalancer = ownerOf(connections.listener, world);
  if (loadBalancer === undefined) return;
  const { second, node, active, opened } = connections;
  const entries: Entry[] = [];
  if (active > 0) entries.push({ metric: 'ActiveConnectionCount', values: [active], kind: 'newest' });
  if (opened > 0) entries.push({ metric: 'NewConnectionCount', values: [opened] });
  addEntries(entries, { second, source: `node ${node}`, loadBalancer, group: undefined, store });
}

function addEntries(
  entries: readonly Entry[],
  to: {
    second: number;
    source: string;
    loadBalancer: LoadBalancer;
    group: TargetGroup | undefined;
    store: MetricStore;
  },
): void {
  const { second, source, loadBalancer, group, store } = to;
  const dimensions: Record<string, string> = { LoadBalancer: tailOf(loadBalancer.arn, 'loadbalancer/') };
  if (group !== undefined) dimensions.TargetGroup = `targetgroup/${tailOf(group.arn, 'targetgroup/')}`;
  for (const { metric, values, counts = values.map(() => 1), kind } of entries) {
    if (values.length === 0) continue;
    const sample: Sample = { second, source, values, counts };
    store.add(
      loadBalancer,
      { namespace, metric, dimensions, ...(kind === undefined ? {} : { kind }) },
      sample,
    );
  }
}

function ownerOf(listener: string, world: World): LoadBalancer | undefined {
  return world.loadBalancers.find((one) => one.listener === listener);
}

/** Dimension values are the ends of ARNs. */
function tailOf(arn: string, marker: string): string {
  return arn.slice(arn.indexOf(marker) + marker.length);
}
