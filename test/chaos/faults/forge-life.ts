import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { APP_TOKEN, BOT_TOKEN } from '../../../sandbox/slack/seed.ts';
import { assemble } from '../../../src/assemble.ts';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { clock } from '../../../src/clock.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { createLog } from '../../../src/log.ts';
import { createCloudWatchMetrics } from '../../../src/metrics/cloudwatch.ts';
import { createDeadManSwitch } from '../../../src/platforms/ecs/dead-man-switch.ts';
import { createEcsPlatform } from '../../../src/platforms/ecs/platform.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createSlack } from '../../../src/slack/slack.ts';
import { createSmokeProbe } from '../../../src/smoke-probe.ts';
import { createEcrSourceControl } from '../../../src/source-control/ecr.ts';
import { VISIBLE_WITHIN } from './timing.ts';

export type ForgeLife = {
  store: Store;
  /** What it logged, a line of JSON each. */
  lines: string[];
  /** True as soon as it listens to Slack. */
  isReady(): boolean;
  /** Why it would have ended as a process, if it would have. */
  death(): string | undefined;
  stop(): Promise<void>;
};

/** Starts Forge as `main.ts` does, in this process, with its real adapters. The surroundings are those of the process. */
export async function startForge(world: {
  folder: string;
  apiUrl: string;
  policy: Policy;
}): Promise<ForgeLife> {
  const { folder, apiUrl, policy } = world;
  const lines: string[] = [];
  let death: string | undefined;
  const log = createLog('debug', (line) => lines.push(line));
  const slack = createSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl, clock, log });
  const database = openDatabase(join(folder, 'forge.db'));
  const clients = createAwsClients();
  const sourceControl = createEcrSourceControl({ policy, clients });
  const platform = createEcsPlatform({
    policy,
    clients,
    describeImage: (request, options) => sourceControl.describe(request, options),
    timing: { visibleWithin: VISIBLE_WITHIN },
  });
  const die = (error: Error) => {
    death ??= error.message;
  };
  const forge = assemble({
    ...{ policy, slack, platform, sourceControl, database, clock, log },
    smokeProbe: createSmokeProbe(),
    metrics: createCloudWatchMetrics({ policy, clients }),
    deadMan: createDeadManSwitch({ policy, clients, lateWithin: VISIBLE_WITHIN }),
    onFenced: die,
    onDamaged: die,
    onRefused: die,
  });
  const channels = policy.environments.map(({ channel }) => channel);
  const settingUp = slack.setupProblems(channels).then(
    (problems) => lines.push(...problems),
    (error: unknown) => lines.push(`Slack could not be asked whether everything is set up: ${String(error)}`),
  );
  await forge.start();
  return {
    store: createStore(database, { clock }),
    lines,
    isReady: () => lines.some((line) => line.includes('"forge is ready"')),
    death: () => death,
    async stop() {
      await settingUp;
      await forge.stop();
      clients.destroy();
      database.close();
    },
  };
}
