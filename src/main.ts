import { openDatabase } from '../db/database.ts';
import { type Assembled, assemble } from './assemble.ts';
import { createAwsClients } from './aws/clients.ts';
import { clock } from './clock.ts';
import { createCode, tellCodeProblems } from './code.ts';
import { livePolicy } from './config/live-policy.ts';
import { type Configuration, readConfiguration, readPolicyFile } from './config.ts';
import { messageOf, UserError } from './domain/errors.ts';
import type { Policy } from './domain/policy.ts';
import { createLog } from './log.ts';
import { createCloudWatchMetrics } from './metrics/cloudwatch.ts';
import { createDeadManSwitch } from './platforms/ecs/dead-man-switch.ts';
import { createEcsPlatform } from './platforms/ecs/platform.ts';
import type { Log } from './ports/log.ts';
import { createEventBridgeDriver } from './schedules/event-bridge.ts';
import { createSlack, type Slack } from './slack/slack.ts';
import { createSmokeProbe } from './smoke-probe.ts';
import { createEcrSourceControl } from './source-control/ecr.ts';
import { createWebServer, type WebServer } from './web/server.ts';

/** Ended because another process leads though this one never stopped; a supervisor starts it again as a standby. */
const EXIT_FENCED = 70;
/** Something in the surroundings is missing, wrong or damaged: starting again will not help. */
const EXIT_CONFIGURATION = 78;
/** What still runs when Forge is told to stop is left to the next start after this time. Milliseconds. */
const STOP_WITHIN = 10_000;

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

/** Builds the adapters, starts, and stays until it is told to stop. Throws a `UserError` for a set-up that cannot work. */
async function run({ environment, policy: first }: Valid): Promise<void> {
  const { policy, replace } = livePolicy(first);
  const log = createLog(environment.logLevel);
  const slack = createSlack({
    botToken: environment.botToken,
    appToken: environment.appToken,
    ...(environment.slackApiUrl === undefined ? {} : { apiUrl: environment.slackApiUrl }),
    clock,
    log,
  });
  // Before anything is opened: where the code of a branch could reach what is Forge's, Forge does not start.
  const code = await createCode(
    { policy: first, environment, keyFile: process.env.GITHUB_APP_PRIVATE_KEY_FILE },
    { clock, log },
  );
  const refused = Promise.withResolvers<never>();
  const database = openDatabase(environment.databaseFile);
  const clients = createAwsClients();
  const sourceControl = createEcrSourceControl({ policy, clients });
  const platform = createEcsPlatform({
    policy,
    clients,
    describeImage: (request, options) => sourceControl.describe(request, options),
  });
  const forge = assemble({
    policy,
    policySource: {
      read: () => readPolicyFile(environment.policyFile, process.env),
      replace(next) {
        replace(next);
        log.info('the policy file was read again', { version: next.version });
        tellSetupProblems(slack, channelsOf(next), log).catch(life.fail);
      },
    },
    slack,
    platform,
    sourceControl,
    smokeProbe: createSmokeProbe({ secret: (name) => process.env[name] }),
    metrics: createCloudWatchMetrics({ policy, clients }),
    ...(code.codeHost === undefined ? {} : { codeHost: code.codeHost }),
    ...(code.runner === undefined ? {} : { runner: code.runner }),
    ...webOf(environment, log),
    deadMan: createDeadManSwitch({ policy, clients, now: () => clock.now() }),
    ...(first.schedules === undefined
      ? {}
      : { scheduleDriver: createEventBridgeDriver({ policy: first.schedules, clients, clock, log }) }),
    database,
    clock,
    log,
    onFenced: (error) => {
      log.error('Another process leads; this one ends', { error: messageOf(error) });
      process.exit(EXIT_FENCED);
    },
    onDamaged: (error) => {
      log.error('Forge ends: its database is damaged', { error: messageOf(error) });
      process.exit(EXIT_CONFIGURATION);
    },
    onRefused: refused.reject,
  });
  const life = lifeOf(forge, log, async () => {
    await code.stop();
    clients.destroy();
    database.close();
  });
  refused.promise.catch(life.fail);
  life.endOnSignals();
  // Asked beside the start: what an earlier process left goes on at once, however slow Slack is.
  tellSetupProblems(slack, channelsOf(policy), log).catch(life.fail);
  tellCodeProblems(code.codeHost, policy, log).catch(life.fail);
  if ((await forge.start()) === 'standby') log.info('forge is a standby: another process leads');
}

function webOf({ web, github }: Valid['environment'], log: Log): { web?: WebServer } {
  if (web === undefined) return {};
  const secret = github?.webhookSecret;
  return {
    web: createWebServer({ ...web, ...(secret === undefined ? {} : { webhookSecret: secret }) }, { log }),
  };
}

function channelsOf({ environments }: Policy): string[] {
  return environments.map(({ channel }) => channel);
}

/** Says what is missing in Slack. Only a token that Slack refuses is a reason not to start: it throws a `UserError`. */
async function tellSetupProblems(slack: Slack, channels: readonly string[], log: Log): Promise<void> {
  try {
    for (const problem of await slack.setupProblems(channels)) log.warn(problem);
  } catch (error) {
    if (error instanceof UserError) throw error;
    log.warn('Slack could not be asked whether everything is set up', { error: messageOf(error) });
  }
}

/** How the process ends, whatever makes it end first. */
function lifeOf(forge: Assembled, log: Log, close: () => Promise<void>) {
  let isEnding = false;

  async function end(code: number): Promise<void> {
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    await forge.stop();
    await close();
    process.exit(code);
  }

  function endOnce(code: number, tell: () => void): void {
    if (isEnding) return;
    isEnding = true;
    tell();
    end(code).catch((error: unknown) => {
      log.error('Forge could not stop in order', { error: messageOf(error) });
      process.exit(1);
    });
  }

  return {
    endOnSignals(): void {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.on(signal, () => endOnce(0, () => log.info('forge is stopping', { signal })));
      }
    },
    /** Ends the process because of what somebody must mend first. */
    fail(error: unknown): void {
      endOnce(EXIT_CONFIGURATION, () =>
        explain([error instanceof UserError ? error.message : messageOf(error)]),
      );
    },
  };
}
