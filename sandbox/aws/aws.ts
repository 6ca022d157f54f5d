import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults.ts';
import { type AwsPart, ControlError } from '../parts.ts';
import { autoScalingOperations } from './autoscaling/operations.ts';
import { scaleIn } from './autoscaling/scale-in.ts';
import { changedBehaviours, influenceOn, refuseUnknown } from './behaviours.ts';
import { cloudWatchOperations } from './cloudwatch/operations.ts';
import { DataPlane, type HealthReport } from './data-plane/data-plane.ts';
import type { Readings } from './data-plane/messages.ts';
import { alterImages } from './ecr/alter-images.ts';
import { ecrOperations } from './ecr/operations.ts';
import { publishImage } from './ecr/publish.ts';
import { answerBlob } from './ecr/pull-operations.ts';
import { ecsOperations } from './ecs/operations.ts';
import { Scheduler } from './ecs/scheduler.ts';
import { TaskLife } from './ecs/task-life.ts';
import { dataPlaneConfiguration } from './elb/data-plane-configuration.ts';
import { elbOperations } from './elb/operations.ts';
import { answerAws } from './endpoint/endpoint.ts';
import { schedulerOperations } from './event-scheduler/operations.ts';
import { ScheduleTicker } from './event-scheduler/ticker.ts';
import { moveWeights } from './foreign-hand.ts';
import { LiveProbe } from './live-probe.ts';
import { liveReadings } from './live-readings.ts';
import { Load } from './load/load.ts';
import type { LoadReport } from './load/messages.ts';
import { logsOperations } from './logs/operations.ts';
import { Observations } from './metrics/observations.ts';
import { plantSeed } from './plant-seed.ts';
import { type AwsProcess, processesOf } from './processes.ts';
import { Replicas } from './replicas.ts';
import { type Rollout, rolloutsOf } from './rollouts.ts';
import { type Running, startLoadBalancers, startTask } from './running.ts';
import { type Seed, sandboxSeed } from './seed.ts';
import { within } from './seeded-random.ts';
import {
  knownService,
  knownServices,
  latestAnswers,
  loadBalancerOf,
  loadKey,
  serviceState,
  urlOf,
} from './service-states.ts';
import { AwsSettings, AwsSettingsChange, quietSettings } from './settings.ts';
import { untilThereAreMessages } from './sqs/long-poll.ts';
import { sqsOperations } from './sqs/operations.ts';
import { steady } from './steady.ts';
import { sandboxTiming, type Timing } from './timing.ts';
import { emptyWorld, type World } from './world.ts';

export type Aws = AwsPart & {
  /** What customers saw of `load`, by service and environment: `api staging`. */
  loadReports(): Promise<Record<string, LoadReport>>;
  /** Raw numbers of the load balancers from that second (since 1970) on; at most 20 minutes are kept. */
  readings(sinceSecond: number): Promise<Readings>;
  /** Every process this AWS has started and that still runs. */
  processes(): AwsProcess[];
  /** What the services carry out now, without a request that a fault or a log could notice. */
  rollouts(): Rollout[];
  /** Everything as it really is, for programs that judge what was done to it: read it, never change it. */
  readonly truth: Readonly<World>;
};

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
  /** Processes unless told. */
  running?: Running;
}): Promise<Aws> {
  const { origin = () => 'http://127.0.0.1', faults, seed = sandboxSeed(), running = 'processes' } = options;
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
  const dataPlane = new DataPlane((report) => noteHealth(world, report), startLoadBalancers[running]);
  const tasks = new TaskLife(world, startTask[running], (task) => influenceOn(task, { known, settings }));
  const scheduler = new Scheduler(world, tasks);
  const load = new Load();
  const probe = new LiveProbe(probeToken);
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const observations = new Observations(world, dataPlane, notify);
  const replicas = new Replicas(world);
  let settings = quietSettings;
  const accounts = new Set([seed.account, ...seed.services.map(({ account }) => account)]);
  const operations = {
    'application-autoscaling': autoScalingOperations,
    ecs: ecsOperations(),
    ecr: ecrOperations,
    elasticloadbalancing: elbOperations,
    logs: logsOperations,
    monitoring: cloudWatchOperations,
    scheduler: schedulerOperations,
    sqs: sqsOperations,
  };
  const context = { world, tasks, metrics: observations.metrics, settings: () => settings };
  const schedules = new ScheduleTicker(context, operations, faults);
  const longPolls = { sqs: { ReceiveMessage: untilThereAreMessages } };
  const endpoint = { operations, longPolls, defaultAccount: seed.account, faults, replicas, context };

  async function stop(): Promise<void> {
    observations.stop();
    schedules.stop();
    replicas.stop();
    scheduler.stop();
    probe.stop();
    await Promise.all([tasks.close(), dataPlane.stop(), load.stop()]);
  }

  function change(wanted: AwsSettingsChange): void {
    settings = AwsSettings.parse({ ...settings, ...AwsSettingsChange.parse(wanted) });
    replicas.set(settings);
    tasks.adapt();
    const { count, lag } = settings.nodes;
    dataPlane.setNodes({ count, lagMs: () => within(lag, Math.random()) });
    notify();
  }

  /** What it reports is nobody's here, so every account sees it. */
  function level({ region, value, ...name }: Parameters<Aws['level']>[0]): void {
    for (const account of accounts) observations.levels.set({ account, region }, name, value);
  }

  plantSeed(seed, world);
  for (const one of seed.levels ?? []) level(one);
  const known = knownServices(seed, world);
  try {
    await dataPlane.start(dataPlaneConfiguration(world, probeToken));
    for (const one of world.loadBalancers) one.port = dataPlane.port(one.listener) ?? one.port;
    scheduler.start();
    observations.start();
    schedules.start();
    await steady(world);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    handle: async (request, response) =>
      answerBlob(request, response, world) || answerAws(request, response, endpoint),
    stop,
    services: async () => {
      const readings = await liveReadings(known, { world, dataPlane, probe });
      return known.map((one) => {
        const listener = loadBalancerOf(one, world)?.listener;
        return serviceState(one, {
          world,
          readings,
          answers: latestAnswers(readings, listener ?? '', Date.now()),
          traffic: observations.traffic(listener),
          load: load.rate(loadKey(one)),
        });
      });
    },
    load: async ({ service, environment, requestsPerSecond }) => {
      const wanted = knownService(known, service, environment);
      const loadBalancer = loadBalancerOf(wanted, world);
      if (loadBalancer === undefined) {
        throw new ControlError(400, `${service} is a worker: nothing can be requested of it.`);
      }
      load.set(loadKey(wanted), urlOf(loadBalancer, world), requestsPerSecond);
      notify();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settings: () => settings,
    change,
    behave: (wanted) => {
      refuseUnknown(wanted, knownService(known, wanted.service, wanted.environment), world);
      change({ behaviours: changedBehaviours(settings.behaviours, wanted) });
    },
    weigh: ({ service, environment, ...weights }) =>
      moveWeights(knownService(known, service, environment), weights, context),
    level,
    publish: (push) => publishImage(push, world),
    alterImages: (wanted) => alterImages(wanted, world),
    scaleIn: ({ service, environment }) =>
      knownService(known, service, environment).members.map((member) => scaleIn(member.service, world)),
    loadReports: () => load.reports(),
    readings: (sinceSecond) => dataPlane.read(sinceSecond),
    processes: () => processesOf(world, { dataPlane, load }),
    rollouts: () => rolloutsOf(world),
    truth: world,
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
