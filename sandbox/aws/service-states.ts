import { ControlError, type ServiceState, type TrafficSecond } from '../parts.ts';
import type { Bucket, Readings } from './data-plane/messages.ts';
import { resolveImage } from './ecr/image.ts';
import type { Service, Task } from './ecs/model.ts';
import { taskStateOf } from './ecs/task-state.ts';
import type { LoadBalancer } from './elb/model.ts';
import type { TrafficSummary } from './metrics/traffic-log.ts';
import * as names from './names.ts';
import type { Seed, SeedService } from './seed.ts';
import type { World } from './world.ts';

/** How far back "the latest requests" go, seconds. */
export const liveSeconds = 3;

type Colour = SeedService['colour'];
/** A service's name for the load generator. */
export function loadKey({ name, environment }: { name: string; environment: string }): string {
  return `${name} ${environment}`;
}

/** One service as people know it: one ECS service, or two that differ by colour. */
export type Known = { name: string; environment: string; region: string; members: Member[] };
type Member = { seed: SeedService; service: Service };

export function knownServices(seed: Seed, world: World): Known[] {
  const groups = Object.groupBy(seed.services, (one) => `${one.name} ${one.environment} ${one.region}`);
  return Object.values(groups).flatMap((seeds = []) => {
    const [first] = seeds;
    if (first === undefined) return [];
    const { name, environment, region } = first;
    const members = seeds.flatMap((one) => {
      const arn = names.serviceArn(one, one.cluster, one.ecsService);
      const service = world.services.find((candidate) => candidate.arn === arn);
      return service === undefined ? [] : [{ seed: one, service }];
    });
    return [{ name, environment, region, members }];
  });
}

/** Throws ControlError 404. */
export function knownService(known: readonly Known[], service: string, environment: string): Known {
  const wanted = known.find((one) => one.name === service && one.environment === environment);
  if (wanted !== undefined) return wanted;
  throw new ControlError(404, `There is no service ${service} in ${environment}.`);
}

export function loadBalancerOf({ members }: Known, world: World): LoadBalancer | undefined {
  const seed = members.find((member) => member.seed.loadBalancer !== undefined)?.seed;
  if (seed?.loadBalancer === undefined) return undefined;
  const arn = names.loadBalancerArn({ ...seed, loadBalancer: seed.loadBalancer });
  return world.loadBalancers.find((one) => one.arn === arn);
}

export function urlOf(loadBalancer: LoadBalancer, world: World): string {
  return `http://${world.publicHost()}:${loadBalancer.port}`;
}

/** A listener's latest answers by its weights: those to customers, or the sandbox's own probes while nobody else asks. */
export function latestAnswers(readings: Readings, listener: string, nowMs: number): Bucket[] {
  const since = Math.floor(nowMs / 1_000) - liveSeconds;
  const isLatest = (bucket: Bucket) =>
    bucket.listener === listener && bucket.second >= since && !bucket.isPreview;
  const asked = readings.buckets.filter(isLatest);
  return asked.length > 0 ? asked : readings.probes.filter(isLatest);
}

export function serviceState(
  known: Known,
  seen: {
    world: World;
    readings: Readings;
    answers: readonly Bucket[];
    traffic: readonly TrafficSummary[];
    load: number;
  },
): ServiceState {
  const { name, environment, region } = known;
  const loadBalancer = loadBalancerOf(known, seen.world);
  const totals = loadBalancer === undefined ? undefined : seen.readings.totals[loadBalancer.listener];
  const tasks = tasksOf(known, seen.world);
  const state: ServiceState = {
    name,
    environment,
    region,
    live: loadBalancer === undefined ? mostTasks(known, tasks) : mostAnswers(known, seen.answers),
    weights: weightsOf(known, seen.answers),
    shares: loadBalancer === undefined ? [] : sharesOf(known, seen.answers),
    requests: totals?.requests ?? 0,
    failures: totals?.failures ?? 0,
    tasks: tasks
      .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
      .map((task) => ({
        id: task.id,
        version: versionOf(task, seen.world),
        colour: known.members.find(({ service }) => service === task.service)?.seed.colour ?? 'only',
        state: taskStateOf(task, seen.world),
      })),
    traffic: seen.traffic.map((second) => trafficSecond(known, second)),
    load: seen.load,
  };
  return loadBalancer === undefined ? state : { ...state, url: urlOf(loadBalancer, seen.world) };
}

function trafficSecond(known: Known, summary: TrafficSummary): TrafficSecond {
  const { second, byTargetGroup, ...figures } = summary;
  const byColour = { blue: 0, green: 0, only: 0 };
  for (const [targetGroup, count] of Object.entries(byTargetGroup)) {
    const colour = colourOf(known, targetGroup);
    if (colour !== undefined) byColour[colour] += count;
  }
  return { at: new Date(second * 1_000).toISOString(), ...figures, byColour };
}

function tasksOf({ members }: Known, world: World): Task[] {
  return world.tasks.filter((task) => members.some(({ service }) => service === task.service));
}

function versionOf(task: Task, world: World): string {
  const image = task.image ?? resolveImage(world.images, task.main.image);
  return image?.version ?? 'unknown';
}

function mostTasks(known: Known, tasks: readonly Task[]): ServiceState['live'] {
  const counts = new Map<string, number>();
  for (const task of tasks) {
    const version = task.image?.version;
    if (task.lastStatus !== 'RUNNING' || version === undefined) continue;
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  const version = largest(counts);
  const colour = known.members[0]?.seed.colour ?? 'only';
  return version === undefined ? null : { version, colour };
}

function mostAnswers(known: Known, buckets: readonly Bucket[]): ServiceState['live'] {
  const [most] = answersOf(known, buckets).toSorted((left, right) => right.count - left.count);
  return most === undefined ? null : { version: most.version, colour: most.colour };
}

/** What answered how much of the latest requests, by version and colour, in percent. */
function sharesOf(known: Known, buckets: readonly Bucket[]): ServiceState['shares'] {
  const answers = answersOf(known, buckets);
  const total = answers.reduce((sum, { count }) => sum + count, 0);
  return answers.map(({ version, colour, count }) => ({ version, colour, percent: (100 * count) / total }));
}

type Answers = { version: string; colour: Colour; count: number };

function answersOf(known: Known, buckets: readonly Bucket[]): Answers[] {
  const found: Answers[] = [];
  for (const { targetGroup, versions } of buckets) {
    const colour = colourOf(known, targetGroup);
    if (colour === undefined) continue;
    for (const [version, count] of Object.entries(versions)) {
      const same = found.find((one) => one.version === version && one.colour === colour);
      if (same === undefined) found.push({ version, colour, count });
      else same.count += count;
    }
  }
  return found;
}

function weightsOf(known: Known, buckets: readonly Bucket[]): ServiceState['weights'] {
  if (known.members.every(({ seed }) => seed.colour === 'only')) return null;
  const counts = { blue: 0, green: 0, only: 0 };
  for (const { targetGroup, requests } of buckets) {
    const colour = colourOf(known, targetGroup);
    if (colour !== undefined) counts[colour] += requests;
  }
  const total = counts.blue + counts.green;
  if (total === 0) return null;
  const blue = Math.round((100 * counts.blue) / total);
  return { blue, green: 100 - blue };
}

function colourOf({ members }: Known, targetGroup: string | undefined): Colour | undefined {
  return members.find(({ service }) => service.targetGroup === targetGroup)?.seed.colour;
}

function largest(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0];
}
