import { openDatabase } from '../../db/database.ts';
import { APP_TOKEN, BOT_TOKEN } from '../../sandbox/slack/seed.ts';
import { assemble } from '../../src/assemble.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Reception } from '../../src/ports/incoming.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Platform } from '../../src/ports/platform.ts';
import type { SmokeProbe } from '../../src/ports/smoke-probe.ts';
import type { SourceControl } from '../../src/ports/source-control.ts';
import { createSlack } from '../../src/slack/slack.ts';
import { FakeDeadManSwitch } from '../fakes/dead-man-switch.ts';
import { FakeMetrics } from '../fakes/metrics.ts';
import { policy } from './company.ts';

/** One life of Forge's process: everything it holds in memory is gone with it. */
export type ForgeProcess = {
  reception: Reception;
  database: ReturnType<typeof openDatabase>;
  stop(): Promise<void>;
};

export type Surroundings = {
  file: string;
  apiUrl: string;
  platform: Platform;
  sourceControl: SourceControl;
  smokeProbe: SmokeProbe;
  clock: Clock;
  log: Log;
  /** Default: Forge's own. */
  defineJobs?: Parameters<typeof assemble>[0]['defineJobs'];
};

/** Starts Forge as `main.ts` does; resolves when it listens to Slack. `dyingAfterAck`: it keeps what arrives and never gets to do it. */
export async function startForge(
  surroundings: Surroundings,
  { dyingAfterAck = false } = {},
): Promise<ForgeProcess> {
  const { clock, log, apiUrl, file, defineJobs, ...world } = surroundings;
  const slack = createSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl, clock, log });
  const database = openDatabase(file);
  const listening = Promise.withResolvers<Reception>();
  const forge = assemble({
    ...world,
    ...{ clock, log },
    // Nothing here is in colours.
    metrics: new FakeMetrics(clock),
    deadMan: new FakeDeadManSwitch(clock, () => undefined),
    ...(defineJobs === undefined ? {} : { defineJobs }),
    policy,
    database,
    slack: {
      ...slack,
      async start(reception) {
        await slack.start(dyingAfterAck ? { ...reception, process: async () => undefined } : reception);
        listening.resolve(reception);
      },
    },
    onFenced: (error) => listening.reject(error),
    onDamaged: (error) => listening.reject(error),
    onRefused: (error) => listening.reject(error),
  });
  await forge.start();
  return {
    reception: await listening.promise,
    database,
    async stop() {
      await forge.stop();
      await slack.stop();
      database.close();
    },
  };
}
