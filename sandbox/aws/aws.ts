import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../faults.ts';
import { type AwsPart, ControlError } from '../parts.ts';
import { DataPlane, type HealthReport } from './data-plane/data-plane.ts';
import type { Readings } from './data-plane/messages.ts';
import { ecrOperations } from './ecr/operations.ts';
import { ecsOperations } from './ecs/operations.ts';
import { Scheduler } from './ecs/scheduler.ts';
import { TaskLife } from './ecs/task-life.ts';
import { dataPlaneConfiguration } from './elb/data-plane-configuration.ts';
import { elbOperations } from './elb/operations.ts';
import { answerAws } from './endpoint/endpoint.ts';
import { LiveProbe } from './live-probe.ts';
import { Load } from './load/load.ts';
import type { LoadReport } from './load/messages.ts';
import { plantSeed } from './plant-seed.ts';
import { type Seed, sandboxSeed } from './seed.ts';
import {
  type Known,
  knownServices,
  latestAnswers,
  liveSeconds,
  loadBalancerOf,
  serviceState,
  urlOf,
} from './service-states.ts';
import { sandboxTiming, type Timing } from './timing.ts';
import { emptyWorld, type World } from './world.ts';

type AwsProcess = { kind: 'task' | 'data-plane' | 'load'; id: string; pid: number };

export type Aws = AwsPart & {
  /** What customers saw of `load`, by service and environment: `api staging`. */
  loadReports(): Promise<Record<string, LoadReport>>;
  /** Raw numbers of the load balancers from that second (since 1970) on; at most 20 minutes are kept. */
  readings(sinceSecond: number): Promise<Readings>;
  /** Every process this AWS has started and that still runs. */
  processes(): AwsProcess[];
};

/** How long the tasks of the seed may take until they serve, milliseconds. */
const seedDeadlineMs = 20_000;

/**
 * An AWS of its own: ECS, load balancers and ECR for the real SDKs, with tasks and a load balancer that are real
 * processes. Resolves when the seed's services serve; throws when they don't within 20 s.
 */
export async function createAws(options: {
  /** Where clients reach this AWS: its load balancers are reached at the same host, else at 127.0.0.1. */
  origin?: () => string;
  faults: Faults;
  seed?: Seed;
  timing?: Partial<Timing>;
}): Promise<Aws> {
  const { origin = () => 'http://127.0.0.1', faults, seed = sandboxSeed() } = options;
  const listeners = new Set<() => void>();
  const probeToken = randomUUID();
  const world = emptyWorld({
    timing: { ...sandboxTiming, ...options.timing },
    publicHost: () => new URL(origin()).hostname,
    changed: () => {
      dataPlane.configure(dataPlaneConfiguration(world, probeToken));
      for (const listener of listeners) listener();
    },
  });
  const dataPlane = new DataPlane((report) => noteHealth(world, report));
  const tasks = new TaskLife(world);
  const scheduler = new Scheduler(world, tasks);
  const load = new Load();
  const probe = new LiveProbe(probeToken);
  const operations = { ecs: ecsOperations(), ecr: ecrOperations, elasticloadbalancing: elbOperations };
  const endpoint = { operations, defaultAccount: seed.account, faults, context: { world, tasks } };
  const traffic = watchTraffic(dataPlane, () => {
    for (const listener of listeners) listener();
  });

  async function stop(): Promise<void> {
    clearInterval(traffic);
    scheduler.stop();
    probe.stop();
    await Promise.all([tasks.close(), dataPlane.stop(), load.stop()]);
  }

  plantSeed(seed, world);
  try {
    await dataPlane.start(dataPlaneConfiguration(world, probeToken));
    for (const one of world.loadBalancers) one.port = dataPlane.port(one.listener) ?? one.port;
    scheduler.start();
    await steady(world);
  } catch (error) {
    await stop();
    throw error;
  }
  const known = knownServices(seed, world);

  return {
    handle: (request, response) => answerAws(request, response, endpoint),
    stop,
    services: async () => {
      const readings = await liveReadings(known, { world, dataPlane, probe });
      return known.map((one) => {
        const listener = loadBalancerOf(one, world)?.listener ?? '';
        return serviceState(one, { world, readings, answers: latestAnswers(readings, listener, Date.now()) });
      });
    },
    load: async ({ service, environment, requestsPerSecond }) => {
      const wanted = known.find((one) => one.name === service && one.environment === environment);
      if (wanted === undefined)
        throw new ControlError(404, `There is no service ${service} in ${environment}.`);
      const loadBalancer = loadBalancerOf(wanted, world);
      if (loadBalancer === undefined) {
        throw new ControlError(400, `${service} is a worker: nothing can be requested of it.`);
      }
      load.set(`${service} ${environment}`, urlOf(loadBalancer, world), requestsPerSecond);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    loadReports: () => load.reports(),
    readings: (sinceSecond) => dataPlane.read(sinceSecond),
    processes: () => processesOf(world, { dataPlane, load }),
  };
}

function noteHealth(world: World, report: HealthReport): void {
  const { state, reason, description } = report;
  const group = world.targetGroups.find(({ arn }) => arn === report.targetGroup);
  const target = group?.targets.find(({ host, port }) => host === report.host && port === report.port);
  if (target === undefined) return;
  target.verdict = {
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(description === undefined ? {} : { description }),
  };
  world.changed();
}

async function steady(world: World): Promise<void> {
  const deadline = Date.now() + seedDeadlineMs;
  while (world.services.some((service) => !service.isSteady)) {
    if (Date.now() > deadline) {
      const waiting = world.services.filter((service) => !service.isSteady).map(({ name }) => name);
      throw new Error(`The sandbox's services did not start in time: ${waiting.join(', ')}`);
    }
    await sleep(20);
  }
}

/** Readings with fresh probes for every listener that nobody else asked lately. */
async function liveReadings(
  known: readonly Known[],
  sources: { world: World; dataPlane: DataPlane; probe: LiveProbe },
): Promise<Readings> {
  const since = Math.floor(Date.now() / 1_000) - liveSeconds;
  const readings = await sources.dataPlane.read(since);
  const idle = known.flatMap((one) => {
    const loadBalancer = loadBalancerOf(one, sources.world);
    if (loadBalancer === undefined) return [];
    const isAsked = readings.buckets.some(({ listener }) => listener === loadBalancer.listener);
    const hasColours = one.members.some(({ seed }) => seed.colour !== 'only');
    return isAsked ? [] : [{ url: urlOf(loadBalancer, sources.world), hasColours }];
  });
  if (idle.length === 0) return readings;
  await Promise.all(idle.map(({ url, hasColours }) => sources.probe.ask(url, { hasColours })));
  return await sources.dataPlane.read(since);
}

/** Tells watchers once a second while requests come in. */
function watchTraffic(dataPlane: DataPlane, onTraffic: () => void): NodeJS.Timeout {
  let before = '';
  const look = async () => {
    const { totals } = await dataPlane.read(Number.MAX_SAFE_INTEGER);
    const now = JSON.stringify(totals);
    if (now !== before) onTraffic();
    before = now;
  };
  return setInterval(() => void look(), 1_000);
}

function processesOf(world: World, { dataPlane, load }: { dataPlane: DataPlane; load: Load }): AwsProcess[] {
  const found: { kind: AwsProcess['kind']; id: string; pid: number | undefined }[] = [
    { kind: 'data-plane', id: 'data-plane', pid: dataPlane.pid },
    { kind: 'load', id: 'load', pid: load.pid },
    ...world.tasks.map((task) => ({ kind: 'task' as const, id: task.id, pid: task.process?.pid })),
  ];
  return found.flatMap(({ kind, id, pid }) => (pid === undefined ? [] : [{ kind, id, pid }]));
}
