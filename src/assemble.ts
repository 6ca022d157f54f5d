import { createHomes } from '../commands/homes.ts';
import { createReception, type FrontDesk, takeUpArrivals } from '../commands/reception.ts';
import type { Database } from '../db/database.ts';
import { createEngineDriver } from '../db/engine-driver.ts';
import { createStore } from '../db/store.ts';
import { createEngine } from '../jobs/engine/create-engine.ts';
import { hearSchedules } from '../jobs/hear-schedules.ts';
import { defineJobs } from '../jobs/index.ts';
import { keepArmed } from '../jobs/keep-armed.ts';
import { keepScheduled } from '../jobs/keep-scheduled.ts';
import { maintenanceTick } from '../jobs/maintenance-tick.ts';
import { publishMessages } from '../jobs/publish-messages.ts';
import { publishAnnouncements } from '../jobs/publishing/publish-announcements.ts';
import { publishShipments } from '../jobs/publishing/publish-shipments.ts';
import { purgeArrivals } from '../jobs/purge-arrivals.ts';
import { reconcile } from '../jobs/reconcile.ts';
import { recordDeployments } from '../jobs/record-deployments.ts';
import { watchRefs } from '../jobs/watch-refs.ts';
import type { World } from '../jobs/world.ts';
import { messageOf, UserError } from './domain/errors.ts';
import type { Policy } from './domain/policy.ts';
import { createForge } from './forge.ts';
import type { Clock } from './ports/clock.ts';
import type { CodeHost } from './ports/code-host.ts';
import type { CommandRunner } from './ports/command-runner.ts';
import type { DeadManSwitch } from './ports/dead-man-switch.ts';
import type { Log } from './ports/log.ts';
import type { Metrics } from './ports/metrics.ts';
import type { Platform } from './ports/platform.ts';
import type { PolicySource } from './ports/policy-source.ts';
import type { ScheduleDriver } from './ports/schedule-driver.ts';
import type { SmokeProbe } from './ports/smoke-probe.ts';
import type { SourceControl } from './ports/source-control.ts';
import type { Slack } from './slack/slack.ts';
import { takeUpPolicy } from './use-cases/reload-policy.ts';
import { createShownPlans } from './use-cases/shown-plans.ts';
import { createDeliveryDesk, takeUpDeliveries } from './use-cases/take-delivery.ts';
import type { WebServer } from './web/server.ts';

/** The world Forge works in, as adapters. */
export type Parts = {
  policy: Policy;
  /** Where `policy` is read again, and replaced in place. Absent: never. */
  policySource?: PolicySource;
  slack: Slack;
  platform: Platform;
  sourceControl: SourceControl;
  smokeProbe: SmokeProbe;
  metrics: Metrics;
  /** Absent: Forge does not talk to GitHub. */
  codeHost?: CodeHost;
  /** Absent: there are no command checks. */
  runner?: CommandRunner;
  deadMan: DeadManSwitch;
  /** Wakes Forge from outside when something scheduled is due. Absent: its own clock does. */
  scheduleDriver?: ScheduleDriver;
  /** Absent: Forge listens to nobody but Slack. */
  web?: WebServer;
  database: Database;
  clock: Clock;
  log: Log;
  /** Default: the jobs there are. */
  defineJobs?: typeof defineJobs;
  /** Another process leads though this one never stopped: end the process. */
  onFenced(error: Error): void;
  /** The database cannot be trusted any more, and nothing goes on: end the process. */
  onDamaged(error: Error): void;
  /** Slack refuses a token: end the process, because connecting again will not help. */
  onRefused(error: UserError): void;
};

export type Assembled = {
  /** Resolves when this process leads and has taken up its runs, or at once as a standby. */
  start(): Promise<'leading' | 'standby'>;
  /** Takes nothing more, lets what runs settle for a while, disconnects. */
  stop(): Promise<void>;
};

/** Puts use cases, jobs and commands on the adapters. The one place, besides `main.ts`, that knows all of them. */
export function assemble(parts: Parts): Assembled {
  const { policy, slack, database, clock, log, smokeProbe, metrics, deadMan, platform, sourceControl } =
    parts;
  const store = createStore(database, { clock });
  const { codeHost, runner } = parts;
  const adapters = {
    ...{ policy, store, platform, sourceControl, clock },
    ...(codeHost === undefined ? {} : { codeHost }),
    ...(runner === undefined ? {} : { runner }),
  };
  const world: World = { ...adapters, smokeProbe, metrics, deadMan, people: slack.people };
  const shownPlans = createShownPlans();
  const forge = createForge({
    ...{ ...adapters, shownPlans, policySource: parts.policySource },
    unsupportedBlocks: () => slack.chat.unsupported,
  });
  const { people, replies } = slack;
  const homes = createHomes({ forge, people, replies, log, store, clock });
  const desk: FrontDesk = { forge, people, replies, log, store, clock, homes };

  const engine = createEngine(createEngineDriver(database, { clock }), {
    clock,
    onError: (error) => log.error('The engine had a problem', { error: messageOf(error) }),
    onFenced: parts.onFenced,
    onDamaged: parts.onDamaged,
  });
  (parts.defineJobs ?? defineJobs)(engine, world);
  engine.whileLeading('read the policy again', () => takeUpPolicy(parts));
  engine.whileLeading('publish messages', (signal) =>
    publishMessages({ store, clock, policy, chat: slack.chat, people, log }, signal),
  );
  engine.whileLeading('publish announcements', (signal) =>
    publishAnnouncements({ store, clock, policy, chat: slack.chat, log }, signal),
  );
  engine.whileLeading('publish shipments', (signal) =>
    publishShipments({ store, clock, policy, chat: slack.chat, log }, signal),
  );
  engine.whileLeading('keep Homes up to date', (signal) => homes.keep(signal));
  engine.whileLeading('purge arrivals', (signal) => purgeArrivals({ store, clock }, signal));
  engine.whileLeading('wake what is overdue', (signal) => maintenanceTick({ store, clock, log }, signal));
  const { scheduleDriver: driver } = parts;
  if (driver !== undefined) {
    engine.whileLeading('tell of schedules', (signal) =>
      keepScheduled({ store, clock, driver, log }, signal),
    );
    engine.whileLeading('hear of schedules', (signal) =>
      hearSchedules({ store, clock, driver, log }, signal),
    );
  }
  engine.whileLeading('reconcile', (signal) => reconcile(engine, world, signal));
  if (codeHost !== undefined) {
    engine.whileLeading('record deployments on GitHub', (signal) =>
      recordDeployments({ store, clock, policy, codeHost, chat: slack.chat, log }, signal),
    );
  }
  engine.whileLeading('keep dead-man switches armed', (signal) => keepArmed(world, signal));
  if (codeHost !== undefined) {
    engine.whileLeading('watch branches and tags', (signal) =>
      watchRefs({ store, policy, codeHost, clock, log }, signal),
    );
  }
  const { web } = parts;
  if (web !== undefined) {
    engine.whileLeading('take deliveries', (signal) =>
      takeDeliveries(web, { store, policy, clock, log }, signal),
    );
  }
  engine.whileLeading('talk to Slack', (signal) => talkToSlack(parts, desk, signal));

  return {
    async start() {
      await web?.start();
      await engine.start();
      return engine.isLeading ? 'leading' : 'standby';
    },
    async stop() {
      await web?.stop();
      await engine.stop();
    },
  };
}

/**
 * Connected only while this process leads, so that what arrives is dealt with where the jobs run. What the last process
 * left is listed before anything new can arrive, and done beside it: nobody who types now waits for it.
 */
async function talkToSlack(parts: Parts, desk: FrontDesk, signal: AbortSignal): Promise<void> {
  const { slack } = parts;
  const left = await desk.store.openArrivals();
  try {
    await slack.start(createReception(desk));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    parts.onRefused(error);
    return;
  }
  desk.log.info('forge is ready', { pid: process.pid });
  const takingUp = takeUpArrivals(left, desk);
  try {
    await Promise.all([takingUp, aborted(signal)]);
  } finally {
    await slack.stop();
  }
}

/** A standby turns deliveries away; whatever is lost by that is found by looking at the refs. */
async function takeDeliveries(
  web: WebServer,
  used: Parameters<typeof createDeliveryDesk>[0],
  signal: AbortSignal,
): Promise<void> {
  const left = await used.store.openArrivals();
  web.serve(createDeliveryDesk(used));
  try {
    await takeUpDeliveries(left, used);
    await aborted(signal);
  } finally {
    web.serve(undefined);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
