import { createReception, type FrontDesk, takeUpArrivals } from '../commands/reception.ts';
import { openDatabase } from '../db/database.ts';
import { createEngineDriver } from '../db/engine-driver.ts';
import { createStore } from '../db/store.ts';
import { createEngine } from '../jobs/engine/create-engine.ts';
import type { Engine } from '../jobs/engine/engine.ts';
import { defineJobs } from '../jobs/index.ts';
import { publishMessages } from '../jobs/publish-messages.ts';
import { reconcile } from '../jobs/reconcile.ts';
import type { World } from '../jobs/world.ts';
import { createAwsClients } from './aws/clients.ts';
import { clock } from './clock.ts';
import { type Configuration, readConfiguration } from './config.ts';
import { messageOf, UserError } from './domain/errors.ts';
import { createForge } from './forge.ts';
import { createLog } from './log.ts';
import { createEcsPlatform } from './platforms/ecs/platform.ts';
import type { Log } from './ports/log.ts';
import { createSlack, type Slack } from './slack/slack.ts';
import { createSmokeProbe } from './smoke-probe.ts';
import { createEcrSourceControl } from './source-control/ecr.ts';

/** Ended because another process leads though this one never stopped; a supervisor starts it again as a standby. */
const EXIT_FENCED = 70;
/** Something in the surroundings is missing or wrong: starting again will not help. */
const EXIT_CONFIGURATION = 78;

type Valid = Extract<Configuration, { kind: 'valid' }>;

const configuration = await readConfiguration(process.env);
if (configuration.kind === 'valid') await runOrExplain(configuration);
else explain(configuration.problems);

async function runOrExplain(valid: Valid): Promise<void> {
  try {
    await run(valid);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    explain([error.message]);
  }
}

function explain(problems: readonly string[]): void {
  console.error(`Forge cannot start yet:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  process.exitCode = EXIT_CONFIGURATION;
}

/** Builds every adapter, starts, and stays until it is told to stop. */
async function run({ environment, policy }: Valid): Promise<void> {
  const log = createLog(environment.logLevel);
  const slack = createSlack({
    botToken: environment.botToken,
    appToken: environment.appToken,
    ...(environment.slackApiUrl === undefined ? {} : { apiUrl: environment.slackApiUrl }),
    clock,
    log,
  });
  if (
    !(await slackIsUsable(
      slack,
      policy.environments.map(({ channel }) => channel),
      log,
    ))
  )
    return;

  const database = openDatabase(environment.databaseFile);
  const store = createStore(database, { clock });
  const clients = createAwsClients();
  const sourceControl = createEcrSourceControl({ policy, clients });
  const platform = createEcsPlatform({
    policy,
    clients,
    describeImage: (request, options) => sourceControl.describe(request, options),
    warn: (message) => log.warn(message),
  });
  const adapters = { policy, store, platform, sourceControl, clock };
  const world: World = { ...adapters, smokeProbe: createSmokeProbe() };
  const forge = createForge({ ...adapters, unsupportedBlocks: () => slack.chat.unsupported });
  const desk: FrontDesk = { forge, people: slack.people, replies: slack.replies, log, store, clock };

  const engine = createEngine(createEngineDriver(database, { clock }), {
    clock,
    onError: (error) => log.error('The engine had a problem', { error: messageOf(error) }),
    onFenced: (error) => {
      log.error('Another process leads; this one ends', { error: messageOf(error) });
      process.exit(EXIT_FENCED);
    },
  });
  defineJobs(engine, world);
  engine.whileLeading('publish messages', (signal) =>
    publishMessages({ store, clock, policy, chat: slack.chat, log }, signal),
  );
  engine.whileLeading('reconcile', (signal) => reconcile(engine, world, signal));
  engine.whileLeading('talk to Slack', (signal) => talkToSlack(slack, desk, signal));
  await engine.start();
  if (!engine.isLeading) log.info('forge is a standby: another process leads');
  stopOnSignals(engine, log, () => {
    clients.destroy();
    database.close();
  });
}

/** Connected only while this process leads, so that what arrives is dealt with where the jobs run. */
async function talkToSlack(slack: Slack, desk: FrontDesk, signal: AbortSignal): Promise<void> {
  await takeUpArrivals(desk);
  await slack.start(createReception(desk));
  desk.log.info('forge is ready', { pid: process.pid });
  try {
    await aborted(signal);
  } finally {
    await slack.stop();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Says what is missing in Slack. Only a token that Slack refuses is a reason not to start. */
async function slackIsUsable(slack: Slack, channels: readonly string[], log: Log): Promise<boolean> {
  try {
    for (const problem of await slack.setupProblems(channels)) log.warn(problem);
    return true;
  } catch (error) {
    if (error instanceof UserError) {
      explain([error.message]);
      return false;
    }
    log.warn('Slack could not be asked whether everything is set up', { error: messageOf(error) });
    return true;
  }
}

function stopOnSignals(engine: Engine, log: Log, close: () => void): void {
  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info('forge is stopping', { signal });
    await engine.stop();
    close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error('Forge could not stop in order', { error: messageOf(error) });
        process.exit(1);
      });
    });
  }
}
